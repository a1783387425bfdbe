package dev.tiphys.compiler.taint;

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
          "PS4",
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
          "MANPAGER",
          "BROWSER",
          "LESSOPEN",
          "LESSCLOSE",
          "SSH_ASKPASS",
          "SUDO_ASKPASS",
          "RSYNC_RSH",
          "CVS_RSH",
          "PSQL_EDITOR",
          "TAR_OPTIONS",
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
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE");

  private static final Pattern FAMILIES =
      Pattern.compile(
          "(LD_|DYLD_|ANSIBLE_|TF_CLI_|PYTHON|LUA_|LUAROCKS_|R_PROFILE|R_ENVIRON|R_LIBS|CARGO_|PIP_|UV_|NPM_CONFIG_"
              + "|npm_config_|YARN_|CORECLR_|COR_|BASH_FUNC_"
              + "|JULIA_(LOAD_PATH|DEPOT_PATH|PROJECT|BINDIR)|DOTNET_(STARTUP_HOOKS|ADDITIONAL_DEPS)"
              + "|GIT_(SSH|CONFIG|EXEC_PATH|EXTERNAL_DIFF|ASKPASS|PROXY_COMMAND|TEMPLATE_DIR|DIR$"
              + "|PAGER|([A-Z]+_)?EDITOR)).*");

  private StartupVariables() {}

  static boolean contains(String name) {
    return NAMES.contains(name) || FAMILIES.matcher(name).matches();
  }
}
