package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.taint.Program.Finder;
import dev.tiphys.compiler.taint.Program.Interpreter;
import dev.tiphys.compiler.taint.Program.Operands;
import dev.tiphys.compiler.taint.Program.Plain;
import dev.tiphys.compiler.taint.Program.Wrapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The programs that the compiler knows, by base name without a version. */
final class Programs {
  private static final String NONE = "(?!)";
  private static final Pattern VERSION = Pattern.compile("([0-9.]+|\\.exe)$");
  private static final Map<String, Program> BY_NAME = new HashMap<>();

  static {
    shells();
    languages();
    textTools();
    databases();
    remoteAndOther();
    wrappers();
    plain();
  }

  private Programs() {}

  /** The program of that path, if it is known. */
  static Optional<Program> find(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Optional.ofNullable(BY_NAME.get(name))
        .or(() -> Optional.ofNullable(BY_NAME.get(VERSION.matcher(name).replaceFirst(""))));
  }

  private static void shells() {
    Interpreter posix =
        new Interpreter(
            Pattern.compile("-[a-zA-Z]*c[a-zA-Z]*|--command"),
            Pattern.compile("--init-command|-C|--rcfile|--init-file"),
            Pattern.compile("[-+][oO]"),
            Operands.FIRST_IS_CODE,
            true,
            false);
    all(posix, "sh bash ash dash zsh ksh mksh pdksh yash fish rbash csh tcsh elvish nu xonsh");
    all(
        interpreter(
            "(?i)-c|-command|-cwa|-commandwithargs|-e|-ec|-enc|-encodedcommand|-f|-file",
            NONE,
            "(?i)-(ep|ex|executionpolicy|wd|workingdirectory)",
            Operands.FIRST_IS_CODE),
        "pwsh powershell");
    all(interpreter("(?i)/[ck]", NONE, NONE, Operands.DATA), "cmd");
    // what they are given is read again as code, or is a file of it
    all(interpreter(NONE, NONE, NONE, Operands.CODE), "eval source . trap alias");
    // a user stands before or after the code, and what follows goes to the shell
    all(
        permuting(
            "-[a-zA-Z]*c|--command|--session-command",
            "-s|--shell",
            "-[gGw]",
            Operands.FIRST_IS_CODE),
        "su runuser");
  }

  private static void languages() {
    Operands file = Operands.FIRST_IS_CODE;
    all(
        interpreter("-[a-zA-Z]*[cm]", NONE, "-[WXQ]", file),
        "python pypy ipython micropython jython");
    all(
        interpreter(
            "-[a-z]*[ep]|--eval|--print",
            "-r|--require|--import|--loader|--experimental-loader",
            "-C|--conditions",
            file),
        "node nodejs");
    all(
        interpreter(
            "-[a-z]*[ep]|--eval|--print|eval|run|x|exec|serve|test|bench|install|compile|task",
            "-r|--preload",
            NONE,
            file),
        "bun deno ts-node tsx");
    all(interpreter("-[a-zA-Z0-9]*[eE]", "-[mMI]", NONE, file), "perl");
    all(interpreter("-[a-zA-Z0-9]*e", "-[rI]", "-C", file), "ruby jruby irb");
    all(interpreter("-e", "-l", NONE, file), "lua luajit texlua");
    all(
        interpreter(
            "-[rBREFf]|--run|--process-begin|--process-code|--process-end|--file",
            "-[cdz]",
            NONE,
            file),
        "php");
    all(
        interpreter("-[eEf]|--eval|--expr|--expression|--file|--print", "-L|--load", NONE, file),
        "R Rscript littler julia octave crystal elixir iex raku racket groovy scala amm kotlin"
            + " kotlinc clojure clj bb");
    all(
        permuting("-e|-eval|-run|-s|-c|--eval|--script", "-l|--load", NONE, file),
        "erl escript ghc ghci runghc runhaskell stack ocaml sbcl clisp ecl guile gst swipl gprolog"
            + " maxima gnuplot");
    all(permuting("-[rce]|-batch", NONE, NONE, file), "matlab sage");
    all(interpreter("-[ce]", "-[lfb]", NONE, file), "osascript tclsh wish expect jshell");
    all(
        interpreter(
            "-jar|-m|--module",
            "-cp|-classpath|--class-path|-p|--module-path|-javaagent.*|-agent.*",
            NONE,
            file),
        "java");
    all(interpreter("exec|run|script", NONE, NONE, file), "dotnet mono wine");
    all(
        interpreter("run|install|exec|get|generate|build|test", NONE, NONE, Operands.DATA),
        "go cargo");
    all(
        interpreter("-c|--call|run|tool", "-p|--package|--from|--with", NONE, file),
        "npx uvx pipx bunx");
    all(
        permuting(
            "install|i|add|exec|x|run|run-script|dlx|download|wheel", NONE, NONE, Operands.DATA),
        "npm pnpm yarn pip uv poetry gem bundle conda composer");
    all(
        permuting("--eval", "-f|--file|-C", "-[jl]", Operands.CODE),
        "make gmake ninja just rake ant gradle");
  }

  private static void textTools() {
    Operands code = Operands.FIRST_IS_CODE;
    all(
        permuting(
            "-[efE]|--source|--file|--exec",
            "-[il]|--include|--load",
            "-[vF]|--assign|--field-separator",
            code),
        "awk gawk mawk nawk goawk");
    all(
        permuting("-[a-zA-Z]*[ef]|--expression|--file", NONE, "-l|--line-length", code),
        "sed gsed ssed");
    all(
        permuting(
            "-f|--from-file|e|eval|ea|eval-all",
            "-L",
            "--arg|--argjson|--slurpfile|--rawfile|--indent",
            code),
        "jq gojq jaq yq");
    all(permuting("-e|-f|--expression|--file", NONE, NONE, Operands.CODE), "dc bc");
    all(
        permuting(
            "-[cS]|--cmd|--remote-expr|--remote-send|--eval|-eval|-f|-l|--load",
            NONE,
            NONE,
            Operands.DATA),
        "vim vi nvim ex view emacs ed");
    all(
        permuting(
            "-ex|-iex|-eval-command|-init-eval-command|--command|--one-line|-[oOkK]",
            "-x|-ix|-[sS]|--source",
            "-p|--pid|--attach-pid",
            code),
        "gdb lldb");
    all(
        permuting(
            "--to-command|--checkpoint-action|-I|--use-compress-program|--rsh-command|-F"
                + "|--info-script",
            NONE,
            "-[fC]",
            Operands.DATA),
        "tar gtar bsdtar");
    all(permuting("-TT|--unzip-command", NONE, NONE, Operands.DATA), "zip");
    all(permuting("--compress-program", NONE, "-[kotST]", Operands.DATA), "sort");
    all(permuting("-e|--execute|--use-askpass|--config", NONE, "-[OoPUq]", Operands.DATA), "wget");
    all(
        permuting(
            "-c|--upload-pack|--receive-pack|--exec|-x|--config-env",
            NONE,
            "-[Cmb]",
            Operands.DATA),
        "git");
    all(new Finder(Pattern.compile("-exec|-execdir|-ok|-okdir")), "find gfind");
    all(new Finder(Pattern.compile("-x|-X|--exec|--exec-batch")), "fd fdfind");
  }

  private static void databases() {
    all(
        permuting(
            "-[a-zA-Z0-9]*[cf]|--command|--file",
            NONE,
            "-[hpUdvFPRTL]|--host|--port|--username|--dbname|--set|--variable",
            Operands.DATA),
        "psql pgcli usql");
    all(
        permuting(
            "-[a-zA-Z]*e|--execute|--init-command",
            NONE,
            "-[huPDS]|--host|--user|--port|--database",
            Operands.DATA),
        "mysql mariadb mycli");
    all(
        permuting("-cmd|-init|-[csf]", NONE, "-separator|-nullvalue", Operands.REST_IS_CODE),
        "sqlite sqlite3 litecli duckdb");
    all(
        permuting(
            "--eval|--file|-f", NONE, "--host|--port|-[up]|--username|--password", Operands.DATA),
        "mongo mongosh");
    all(
        permuting(
            "-[efqQ]|--query|--execute|--command|--file|--eval|query|(?i)eval",
            NONE,
            "-[hpuUdn]|--host|--port|--user|--database",
            Operands.DATA),
        "clickhouse clickhouse-client cqlsh hive beeline spark-sql trino presto sqlcmd bq influx"
            + " snowsql redis-cli valkey-cli isql cypher-shell");
    all(
        permuting(
            "-f",
            "--class|--jars|--py-files|--packages|--conf",
            "--master|--name",
            Operands.FIRST_IS_CODE),
        "spark-submit");
  }

  private static void remoteAndOther() {
    // a host that begins with a dash is an option, and one of them runs a command
    all(
        permuting("-[oFJ]", NONE, "-[pliLRDbcmeQwWEIS]", Operands.CODE),
        "ssh slogin dbclient mosh rsh autossh");
    all(
        permuting(
            "-[a-zA-Z]*e|--rsh|--rsync-path|-[oSF]", NONE, "--exclude|--include", Operands.DATA),
        "rsync scp sftp");
    all(
        permuting("-[ceE]|--exec|--sh-exec|--lua-exec", NONE, "-[pw]", Operands.DATA),
        "nc ncat netcat");
    all(
        permuting("-[aem]|--args|--extra-vars", NONE, "-[iu]", Operands.DATA),
        "ansible ansible-playbook");
    all(
        permuting("-c|--command", NONE, NONE, Operands.CODE),
        "socat parallel watch tmux screen script entr at batch");
  }

  private static void wrappers() {
    all(
        new Wrapper(
            Pattern.compile("-S|--split-string"),
            Pattern.compile("-[uC]|--unset|--chdir"),
            0,
            false,
            null),
        "env");
    all(
        wrapper(
            "-[ksofncpiePu]|--signal|--kill-after|--format|--output|--adjustment|--class|--classdata",
            1,
            false),
        "timeout gtimeout taskset chrt flock");
    all(
        wrapper(
            "-[nofaciepPuS]|--adjustment|--format|--output|--input|--error|--pid|--reuid|--regid",
            0,
            false),
        "nice ionice nohup setsid stdbuf time gtime unbuffer rlwrap exec command builtin catchsegv"
            + " strace ltrace valgrind fakeroot eatmydata numactl setpriv tini tini-static"
            + " dumb-init catatonit busybox toybox systemd-run cgexec coproc proxychains"
            + " proxychains4 torsocks caffeinate chpst envdir dotenv with-contenv");
    all(
        wrapper(
            "-[ILnPdsEaR]|--replace|--max-lines|--max-args|--max-procs|--delimiter|--arg-file",
            0,
            false),
        "xargs gxargs");
    all(
        wrapper("-[ugChprRtTUDs]|--user|--group|--chdir|--host|--prompt", 0, false),
        "sudo doas pkexec");
    all(
        wrapper(
            "-[tSGwrm]|--target|--setuid|--setgid|--root|--map-user|--userspec|--groups", 0, false),
        "nsenter unshare bwrap firejail proot");
    all(wrapper("--userspec|--groups|-[ug]", 1, true), "chroot gosu su-exec setuidgid");
    Pattern options =
        Pattern.compile(
            "-[euvwpnclfhm]|--env|--user|--volume|--mount|--workdir|--network|--name|--namespace"
                + "|--container|--context|--kubeconfig|--publish|--label|--env-file|--image|--hostname|--memory|--cpus");
    all(
        new Wrapper(
            Pattern.compile("--entrypoint|--overrides|--as"),
            options,
            2,
            true,
            Pattern.compile("exec|run|debug|create|enter|attach")),
        "docker podman nerdctl kubectl oc crictl lxc ctr k3s");
  }

  private static void plain() {
    all(
        new Plain(),
        "echo printf cat true false test [ sleep seq head tail wc ls mkdir rmdir touch cp mv rm ln"
            + " basename dirname realpath readlink date tee grep egrep fgrep cut tr uniq comm"
            + " paste fold rev diff cmp sha256sum sha1sum sha512sum md5sum cksum base64 stat du df"
            + " chmod chown kill logger expr factor yes curl whoami id hostname nproc cal"
            + " figlet cowsay");
  }

  private static Interpreter interpreter(String code, String load, String data, Operands operands) {
    return new Interpreter(
        Pattern.compile(code),
        Pattern.compile(load),
        Pattern.compile(data),
        operands,
        false,
        false);
  }

  private static Interpreter permuting(String code, String load, String data, Operands operands) {
    return new Interpreter(
        Pattern.compile(code), Pattern.compile(load), Pattern.compile(data), operands, false, true);
  }

  private static Wrapper wrapper(String data, int operands, boolean doubtful) {
    return new Wrapper(Pattern.compile(NONE), Pattern.compile(data), operands, doubtful, null);
  }

  private static void all(Program program, String names) {
    for (String name : names.split(" ", -1)) {
      BY_NAME.put(name, program);
    }
  }
}
