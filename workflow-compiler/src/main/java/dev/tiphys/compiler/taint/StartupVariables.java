package dev.tiphys.compiler.taint;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables by which programs load code, find programs, or take options that do so.
 * None is complete; these are those of the usual shells, loaders, languages and tools.
 */
final class StartupVariables {
  private static final Set<String> NAMES =
      Set.of(
          // shells and what they find
          "BASH_ENV",
          "ENV",
          "SHELLOPTS",
          "BASHOPTS",
          "PROMPT_COMMAND",
          "PS1",
          "PS0",
          "PS4",
          "BASH_LOADABLES_PATH",
          "FCEDIT",
          "COMSPEC",
          "PSModulePath",
          "IFS",
          "PATH",
          "SHELL",
          "HOME",
          "ZDOTDIR",
          "XDG_CONFIG_HOME",
          "CDPATH",
          "FPATH",
          // the loader and the C library
          "GCONV_PATH",
          "LOCPATH",
          "NLSPATH",
          "GLIBC_TUNABLES",
          "OPENSSL_CONF",
          "OPENSSL_MODULES",
          "OPENSSL_ENGINES",
          // languages
          "PERL5OPT",
          "PERL5LIB",
          "PERLLIB",
          "PERL5DB",
          "PERL5SHELL",
          "RUBYSHELL",
          "PYTEST_ADDOPTS",
          "PYTEST_PLUGINS",
          "GUNICORN_CMD_ARGS",
          "DJANGO_SETTINGS_MODULE",
          "FLASK_APP",
          "VIRTUAL_ENV",
          "NODE_REPL_EXTERNAL_MODULE",
          "RUBYOPT",
          "RUBYLIB",
          "GEM_PATH",
          "GEM_HOME",
          "BUNDLE_GEMFILE",
          "NODE_OPTIONS",
          "NODE_PATH",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "JDK_JAVAC_OPTIONS",
          "JAVA_HOME",
          "JRUBY_OPTS",
          "KAFKA_OPTS",
          "ES_JAVA_OPTS",
          "PYSPARK_PYTHON",
          "PYSPARK_DRIVER_PYTHON",
          "PYSPARK_SUBMIT_ARGS",
          "SPARK_HOME",
          "SPARK_SUBMIT_OPTS",
          "HADOOP_OPTS",
          "HADOOP_CLIENT_OPTS",
          "CATALINA_OPTS",
          "JVM_OPTS",
          "_JAVA_OPTIONS",
          "JAVA_OPTS",
          "CLASSPATH",
          "MAVEN_OPTS",
          "MAVEN_ARGS",
          "GRADLE_OPTS",
          "SBT_OPTS",
          "ANT_OPTS",
          "SCALA_OPTS",
          "GROOVY_OPTS",
          "PHPRC",
          "PHP_INI_SCAN_DIR",
          "TCLLIBPATH",
          "ERL_FLAGS",
          "ERL_AFLAGS",
          "ERL_ZFLAGS",
          "ERL_LIBS",
          "ELIXIR_ERL_OPTIONS",
          "AWKPATH",
          "AWKLIBPATH",
          "DENO_DIR",
          "BUN_OPTIONS",
          "OCTAVE_PATH",
          "R_HOME",
          "GUILE_LOAD_PATH",
          "EMACSLOADPATH",
          // builds
          "MAKEFLAGS",
          "GNUMAKEFLAGS",
          "MAKEFILES",
          "GOFLAGS",
          "GOROOT",
          "GOENV",
          "GOPATH",
          "GOTOOLDIR",
          "GOTOOLCHAIN",
          "MAKE",
          "PKG_CONFIG",
          "CONFIG_SHELL",
          "CMAKE_TOOLCHAIN_FILE",
          "RUSTDOC",
          "RUSTUP_TOOLCHAIN",
          "CC",
          "CXX",
          "RUSTC",
          "RUSTC_WRAPPER",
          "RUSTFLAGS",
          "GCC_EXEC_PREFIX",
          "COMPILER_PATH",
          "VIMINIT",
          "EXINIT",
          "GVIMINIT",
          // programs that other programs start
          "EDITOR",
          "KUBE_EDITOR",
          "KUBECTL_EXTERNAL_DIFF",
          "SUDO_EDITOR",
          "SYSTEMD_EDITOR",
          "SYSTEMD_PAGER",
          "SVN_EDITOR",
          "SVN_SSH",
          "HGEDITOR",
          "HGRCPATH",
          "VISUAL",
          "PAGER",
          "AWS_PAGER",
          "GH_PAGER",
          "GH_EDITOR",
          "BAT_PAGER",
          "MANPAGER",
          "BROWSER",
          "LESS",
          "LESSOPEN",
          "LESSCLOSE",
          "SSH_ASKPASS",
          "SUDO_ASKPASS",
          "RSYNC_RSH",
          "CVS_RSH",
          "PSQL_EDITOR",
          "TAR_OPTIONS",
          "ZIPOPT",
          "ZIP",
          // files and options of tools that name programs
          "PSQLRC",
          "CURL_HOME",
          "WGETRC",
          "RIPGREP_CONFIG_PATH",
          "FZF_DEFAULT_COMMAND",
          "FZF_DEFAULT_OPTS",
          "GTK_MODULES",
          "GTK_PATH",
          "QT_PLUGIN_PATH",
          "QT_QPA_PLATFORM_PLUGIN_PATH",
          "KUBECONFIG",
          "DOCKER_HOST",
          "DOCKER_CONFIG",
          "HELM_PLUGINS",
          "PGSERVICEFILE",
          "PGSYSCONFDIR",
          "XDG_CONFIG_DIRS",
          "XDG_DATA_HOME",
          "XDG_DATA_DIRS",
          "GST_PLUGIN_PATH",
          "GIO_EXTRA_MODULES",
          "GIO_MODULE_DIR",
          "HYDRA_LAUNCHER_EXEC",
          "NCCL_NET_PLUGIN",
          "CUDA_INJECTION64_PATH",
          "VK_LAYER_PATH",
          "RSYNC_CONNECT_PROG",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE");

  private static final Pattern FAMILIES =
      Pattern.compile(
          "(ANSIBLE_|TF_CLI_|PYTHON[A-Z0-9]|PYTHON$|LUA_(C?PATH|INIT)|R_PROFILE|R_ENVIRON|R_LIBS"
              + "|NPM_CONFIG_|npm_config_|CORECLR_|BASH_FUNC_|OMPI_MCA_"
              + "|JULIA_(LOAD_PATH|DEPOT_PATH|PROJECT|BINDIR)|DOTNET_(STARTUP_HOOKS|ADDITIONAL_DEPS)"
              + "|GIT_(SSH|CONFIG|EXEC_PATH|EXTERNAL_DIFF|ASKPASS|PROXY_COMMAND|TEMPLATE_DIR|DIR$|COMMON_DIR"
              + "|PAGER|([A-Z]+_)?EDITOR)).*");

  /** Of families in which others are likely to have names of their own. */
  private static final Pattern TELLING =
      Pattern.compile(
          "(LD|DYLD|PYTHON|LUAROCKS|CARGO|PIP|UV|YARN|COR)_([A-Z0-9]+_)*"
              + "(PRELOAD|INSERT|LIBRARY|LIBRARIES|FRAMEWORK|PATH|AUDIT|ORIGIN|HINTS|OUTPUT|CONFIG"
              + "|SETTINGS?|OPTIONS?|OPTS?|ARGS|FLAGS|RUSTC|RUSTDOC|RUSTFLAGS|RUSTDOCFLAGS|HOOKS?"
              + "|CMD|COMMAND|URL|INDEX|INDEXES|LINKS|HOST|HOME|DIR|ROOT|PREFIX|SRC|SOURCES?"
              + "|REGISTRY|REGISTRIES|PLUGINS?|MODULES?|PROFILE|PROFILER|PROFILING|RUNNER|LINKER"
              + "|WRAPPER|ALIAS|REQUIREMENTS?|CONSTRAINTS?|OVERRIDES?|PYTHON|EDITABLE|PROXY|CERT"
              + "|FILE|EXECUTABLE|INTERPRETER|PRESITE|HISTORY|TOOLCHAIN|PROVIDERS?|MIRROR|TARGET"
              + "|SCRIPTS?|RC|PACKAGE)(_[A-Z0-9_]+)?");

  /** Of the families: what these programs take from them is data. */
  private static final Set<String> HARMLESS =
      Set.of(
          "PYTHONUNBUFFERED",
          "PYTHONHASHSEED",
          "PYTHONIOENCODING",
          "PYTHONUTF8",
          "PYTHONFAULTHANDLER",
          "PYTHONDONTWRITEBYTECODE");

  /** What tools are likely to take options, programs or modules from. */
  private static final Pattern LIKELY =
      Pattern.compile(
          "([A-Z0-9]+_)+(OPTS?|OPTIONS|ADDOPTS|ARGS|FLAGS|PAGER|EDITOR|PLUGINS?|MODULES?"
              + "|(PLUGIN|MODULE|LIBRARY)_PATH)|([A-Z0-9]+_)*[A-Z]{1,4}FLAGS");

  private StartupVariables() {}

  static boolean contains(String name) {
    boolean ofFamily = FAMILIES.matcher(name).matches() || TELLING.matcher(name).matches();
    return (NAMES.contains(name) || ofFamily) && !HARMLESS.contains(name);
  }

  /** What the variable is, if it is such a one or has the form of one, of some program. */
  static Optional<Sink> sink(String name) {
    return contains(name)
        ? Optional.of(Sink.VARIABLE)
        : Optional.of(Sink.OPTIONS).filter(it -> LIKELY.matcher(name).matches());
  }
}
