package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.taint.Program.Finder;
import dev.tiphys.compiler.taint.Program.Interpreter;
import dev.tiphys.compiler.taint.Program.Operands;
import dev.tiphys.compiler.taint.Program.Plain;
import dev.tiphys.compiler.taint.Program.Shell;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The programs that the compiler knows, by base name without a version. Options that are missing
 * here are options that are not known: {@link CommandLine} says what follows from that.
 */
final class Programs {
  private static final Pattern VERSION = Pattern.compile("([0-9.]+|\\.exe)$");
  private static final Map<String, Program> BY_NAME = new HashMap<>();

  static {
    shells();
    languages();
    virtualMachines();
    packages();
    textTools();
    otherTools();
    databases();
    remote();
    new Wrappers(Programs::all).addAll();
    plain();
  }

  private Programs() {}

  /** The program of that path, if it is known. */
  static Optional<Program> find(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Optional.ofNullable(BY_NAME.get(name))
        .or(() -> Optional.ofNullable(BY_NAME.get(VERSION.matcher(name).replaceFirst(""))));
  }

  /** Whether it is the command by which a shell reads a file of code. */
  static boolean isSource(Program program) {
    return program.equals(BY_NAME.get("."));
  }

  /** Whether it is a command of a shell that reads its first operand as that shell's code. */
  static boolean isOfShell(Program program) {
    return isSource(program) || program.equals(BY_NAME.get("trap"));
  }

  private static void shells() {
    all(
        new Shell(
            Options.of(
                "load --rcfile --init-file data --emulate flag --debug --debugger --dump-po-strings"
                    + " --dump-strings --help --login --noediting --noprofile --norc --posix"
                    + " --pretty-print --restricted --verbose --version --wordexp --no-rcs"
                    + " --globalrcs --interactive")),
        "sh bash ash dash zsh ksh mksh pdksh oksh loksh lksh posh bosh rksh yash hush gbash brush"
            + " osh ysh oil");
    all(
        new Shell(
            Options.of(
                "code --command --commands -e --execute load --init-command -C --config"
                    + " --env-config --plugin-config --rc flag --login --interactive --no-config"
                    + " --private --no-execute --no-rc --norc --stdin")),
        "fish rbash csh tcsh elvish nu xonsh es rc scsh execlineb");
    all(
        interpreter(
            "code -c -command -Command -cwa -commandwithargs -e -ec -enc -encodedcommand"
                + " -EncodedCommand -f -file -File -CommandWithArgs -C -F -E -EC data -ep -ex"
                + " -executionpolicy -ExecutionPolicy -wd -workingdirectory -WorkingDirectory"
                + " -OutputFormat -InputFormat flag -NoProfile -noprofile -nop -NonInteractive"
                + " -noninteractive -NoLogo -nologo -NoExit -Login -l",
            Operands.FIRST_IS_CODE),
        "pwsh powershell");
    all(permuting("code /c /k /C /K", Operands.CODE), "cmd");
    // what they are given is read again as code, or is a file of it
    all(silent("", Operands.CODE), "eval alias");
    all(tool("", Operands.FIRST_IS_CODE), "trap");
    all(silent("", Operands.FIRST_IS_CODE), "source .");
    all(silent("code -C -F -W -e -x load -f -p", Operands.DATA), "compgen complete bind fc enable");
    all(silent("load -p", Operands.DATA), "hash");
    // a user stands before or after the code, and what follows goes to the shell
    all(
        permuting(
            "code -c --command --session-command load -s --shell data -g -G -w --group --supp-group"
                + " --whitelist-environment place -u --user flag - -l -m -p -f -P --login"
                + " --preserve-environment --fast --pty",
            Operands.USER),
        "su runuser");
  }

  private static void languages() {
    Operands file = Operands.FIRST_IS_CODE;
    all(
        interpreter(
            "code -c program -m data -W -X -Q --check-hash-based-pycs flag =bBdEhiIOPqRsSuvVxt3"
                + " --help --version",
            file),
        "python pypy ipython IPython micropython jython");
    all(silent("data -n -r -u -s -o --setup", Operands.CODE), "timeit");
    all(
        silent("program -m code -c -s -o flag --", file),
        "pdb cProfile profile trace runpy coverage debugpy");
    all(
        interpreter(
            "piece -e -p -pe --eval --print load -r --require --import --loader"
                + " --experimental-loader --env-file --env-file-if-exists data -C --conditions"
                + " --title --input-type --icu-data-dir --stack-trace-limit --max-old-space-size"
                + " --test-name-pattern --test-reporter --watch-path flag =ichv --interactive"
                + " --check --test --watch --prof --inspect --inspect-brk --expose-gc"
                + " --use-strict /--(no|trace|enable|experimental|preserve|throw)-[a-z-]+",
            file),
        "node nodejs");
    all(
        interpreter(
            "code -e -p --eval --print eval run x exec serve test bench install compile task load"
                + " -r --preload --env-file data -c --config --cwd --tsconfig -P -C flag =ATh"
                + " --watch --hot --smol --quiet --bun --allow-all --no-check"
                + " /--(allow|deny|unstable)-[a-z-]+",
            file),
        "bun deno ts-node tsx");
    all(
        interpreter(
            "piece -e -E load -m -M -I data -F -C -D opens -n -p flag"
                + " =alicwWdsStTuUvVXfg0123456789x --help --version",
            file),
        "perl");
    all(
        interpreter(
            "piece -e load -r -I -x data -E -C -K -T -F -W --encoding --external-encoding"
                + " --internal-encoding --backtrace-limit flag =npaliwvsScdhyUSl0123456789"
                + " --yjit --jit --version --verbose --help --copyright"
                + " /--(enable|disable)-?[a-z-]*",
            file),
        "ruby jruby irb");
    all(interpreter("piece -e load -l flag =ivEW", file), "lua luajit texlua");
    all(
        interpreter(
            "code -r -B -R -E -F -f --run --process-begin --process-code --process-end --file load"
                + " -c -d -z -S -t flag =nqaCehilmsvw",
            file),
        "php");
    all(
        interpreter(
            "piece -e code -f --file --args load -g data -d --debugger --encoding flag --vanilla"
                + " --slave --no-save --no-restore --no-echo --quiet --silent -q -s --verbose"
                + " --no-environ --no-site-file --no-init-file --no-readline --interactive"
                + " --version --save --restore",
            file),
        "R Rscript littler");
    all(
        interpreter(
            "piece -e -E --eval --print load -L --load -J --sysimage -H --home data -t --threads -p"
                + " --procs -C --cpu-target -m --machine-file flag =iqvhO --quiet --version --help"
                + " /-[Og][0-3]",
            file),
        "julia");
    all(
        interpreter(
            "code -e -E -f --eval --expr --expression --file --print load -L --load flag -q -v -W"
                + " -i --quiet --silent --no-gui --norc --no-history --version",
            file),
        "octave crystal elixir iex raku racket groovy scala amm kotlin kotlinc clojure clj bb");
    all(
        permuting(
            "code -e -eval -run -s -c --eval --script load -l --load flag -noshell -noinput"
                + " --noinform --non-interactive --quiet -q -x --no-userinit --disable-debugger",
            file),
        "erl escript ghc ghci runghc runhaskell stack ocaml sbcl clisp ecl guile gst swipl gprolog"
            + " maxima gnuplot");
    all(
        permuting("code -r -c -e -batch flag -nodisplay -nosplash -nodesktop", file),
        "matlab sage");
    all(
        interpreter("code -c -e load -l -f -b flag -i -s", file),
        "osascript tclsh wish expect jshell");
  }

  private static void virtualMachines() {
    all(
        interpreter(
            "code -jar -m --module --source load -cp -classpath --class-path -p --module-path"
                + " --upgrade-module-path --patch-module -agentlib -agentpath -javaagent data"
                + " --add-modules --add-opens --add-exports --add-reads --limit-modules"
                + " --enable-native-access"
                // a property of the program's own, and none of what may load code
                + " /-D(?!(java|javax|com\\.sun|sun|jdk|log4j|log4j2|logback|spring|loader)[.\\d=])"
                + "[\\w.-]+=.* flag -ea -da -esa -dsa -server -client -version"
                + " -showversion --enable-preview /(-X|-D|-verbose|-ea|-da|--version|--show).*",
            Operands.FIRST_IS_CODE),
        "java");
    all(interpreter("code exec run script", Operands.FIRST_IS_CODE), "dotnet mono wine");
  }

  private static void packages() {
    all(
        silent(
            "code run install exec get generate build test -exec -toolexec -vettool load -overlay"
                + " -modfile -C",
            Operands.DATA),
        "go");
    all(
        tool(
            "code install add --config place --manifest-path --path --git -C data -p --package"
                + " --bin --example --features --profile --target --jobs flag =qrvj --release"
                + " --quiet --verbose --locked --offline --frozen --all-features",
            Operands.DATA),
        "cargo");
    all(
        silent(
            "code -c --call load -p --package --from --with flag -y --yes -q --quiet --no"
                + " --no-install",
            Operands.FIRST_IS_CODE),
        "npx uvx bunx");
    all(
        silent("code run install inject upgrade load --spec --pip-args", Operands.FIRST_IS_CODE),
        "pipx");
    all(
        new Interpreter(
            Options.of("code install i add exec x run run-script dlx download wheel"),
            Operands.DATA,
            true,
            false),
        "npm pnpm yarn pip gem composer");
    all(
        new Interpreter(
            Options.of(
                "code install reinstall upgrade add localinstall groupinstall tap cask source"
                    + " build-dep -i -U -F -S --install --upgrade --unpack --configure data -c -o"
                    + " -t -a --config-file --option --target-release --repository -X flag -y -q"
                    + " --yes --quiet --no-cache --update --no-install-recommends --assumeyes"
                    + " --noconfirm"),
            Operands.DATA,
            true,
            false),
        "apt apt-get aptitude apk dnf yum microdnf tdnf zypper brew rpm dpkg pacman snap flatpak");
    all(
        new Interpreter(
            Options.of(
                "code --eval -E load -f --file -C -I --directory --makefile -p --init-script"
                    + " --build-file data -l -o -W -v -n -b -flag -j --jobs flag =BdeikqrRsStw"),
            Operands.CODE,
            true,
            false),
        "make gmake ninja just rake ant gradle mvn");
    all(
        silent(
            "code -p --packages --run --command -E --expr -c -f --file -i -A --attr load -I data"
                + " --arg --argstr --option",
            Operands.CODE),
        "nix-shell nix nix-build nix-env");
    all(
        permuting("code -P load -C -D -S -B --toolchain --preset data -G -A -T -U", Operands.DATA),
        "cmake ctest");
  }

  private static void textTools() {
    Operands code = Operands.FIRST_IS_CODE;
    all(
        tool(
            "code -e -f -E --source --file --exec load -i -l --include --load data -v -F --assign"
                + " --field-separator flag =bcCghkMnNOPrsStV --posix --traditional --sandbox"
                + " --csv --characters-as-bytes --re-interval --non-decimal-data --lint",
            code),
        "awk gawk mawk nawk goawk");
    all(
        tool(
            "code -e -f --expression --file data -l --line-length flag =nErsuziI --quiet --silent"
                + " --regexp-extended --in-place --separate --null-data --posix --debug --sandbox"
                + " --unbuffered --follow-symlinks --zero-terminated /-i.*",
            code),
        "sed gsed ssed");
    all(
        tool(
            "code -f --from-file e eval ea eval-all load -L data --arg --argjson --slurpfile"
                + " --rawfile --indent -p -o --input-format --output-format -I --expression-type"
                + " flag =rcnsRSCMaejhVNiPyYt0 --raw-output --compact-output --null-input --slurp"
                + " --raw-input --sort-keys --color-output --monochrome-output --ascii-output"
                + " --exit-status --join-output --tab --seq --stream --args --jsonargs --unbuffered"
                + " --raw-output0 --inplace --no-colors --prettyPrint --in-place --yaml-output",
            code),
        "jq gojq jaq yq");
    all(permuting("code -e -f --expression --file", Operands.CODE), "dc");
    all(
        tool("code -e -f --expression --file flag =lqswhiv --mathlib --quiet", Operands.CODE),
        "bc");
    all(
        permuting(
            "code -c -S --cmd --remote-expr --remote-send --eval -eval -f -l --load -s"
                + " --startuptime -u -U",
            Operands.DATA),
        "vim vi nvim ex view emacs emacsclient ed");
    all(
        tool(
            "code -ex -iex -eval-command -init-eval-command --eval-command --init-eval-command"
                + " --ex --iex --command --one-line -o -O -k -K load"
                + " -x -ix -s -S --source data -p --pid --attach-pid flag -batch --batch -q -n -nx"
                + " -nh -quiet --args",
            code),
        "gdb lldb");
  }

  private static void otherTools() {
    all(
        tool(
            "code --to-command --checkpoint-action -I --use-compress-program --rsh-command -F"
                + " --info-script --new-volume-script data -f -C --file --directory --exclude"
                + " --transform --owner --group --mode --mtime --strip-components --newer flag"
                + " =cxtvzjJpkrduhOPaA",
            Operands.DATA),
        "tar gtar bsdtar");
    all(tool("code -TT --unzip-command flag =rqj9", Operands.DATA), "zip");
    all(
        tool(
            "code --compress-program data -k -o -t -S -T --key --output --field-separator flag"
                + " =nrubdfghiMRVczms",
            Operands.DATA),
        "sort");
    all(tool("code --filter data -n -l -b -C -a -t flag -d -x -e -u", Operands.DATA), "split");
    all(tool("code -z data -i -w -r -c -s -C -G -W flag -n -v -q", Operands.DATA), "tcpdump");
    all(
        tool(
            "code -e --execute --use-askpass --config data -O -o -P -U -T -t --output-document"
                + " --output-file --timeout --tries --user --password --directory-prefix --referer"
                + " --header --post-data --user-agent flag =qcnvSNE",
            Operands.DATA),
        "wget");
    all(
        tool(
            "code -c --config --upload-pack --receive-pack --exec -x --config-env --extcmd"
                + " --exec-path --open-files-in-pager --tree-filter --index-filter --msg-filter"
                + " --template data -C -m -b --branch --depth --message --author --since --until"
                + " --after --before --grep --format --pretty --date --file --abbrev --sort"
                + " --work-tree --max-count --origin -n -S -G -L -U --skip --committer",
            Operands.DATA),
        "git");
    all(
        new Finder(
            Pattern.compile("-exec|-execdir|-ok|-okdir"),
            Pattern.compile(
                "-(i?name|i?path|i?wholename|i?regex|regextype|i?lname|x?type|size|[amc]time"
                    + "|[amcB]min|newer(..)?|[amc]newer|(max|min)depth|user|group|uid|gid|perm"
                    + "|links|inum|samefile|fstype|used|context|printf)")),
        "find gfind");
    all(
        new Finder(
            Pattern.compile("-x|-X|--exec|--exec-batch"),
            Pattern.compile(
                "-[dtSoEejc]|--(max-depth|min-depth|type|size|owner|exclude|extension|threads"
                    + "|changed-within|changed-before|search-path)|--")),
        "fd fdfind");
  }

  private static void databases() {
    all(
        permuting(
            "code -c -f --command --file data -h -p -U -d -v -F -P -R -T -L -o --host --port"
                + " --username --dbname --set --variable --output flag =aAbeEHlnqsStVwWxXz01",
            Operands.DATA),
        "psql pgcli usql");
    all(
        permuting(
            "code -e --execute --init-command data -h -u -P -D -S --host --user --port"
                + " --database flag =ABNsrtvCfLHXp",
            Operands.DATA),
        "mysql mariadb mycli");
    all(
        permuting("code -cmd -init -c -s -f data -separator -nullvalue", Operands.REST_IS_CODE),
        "sqlite sqlite3 litecli duckdb");
    all(
        permuting(
            "code --eval --file -f data --host --port -u -p --username --password", Operands.DATA),
        "mongo mongosh");
    all(
        permuting(
            "code -e -f -q -Q --query --execute --command --file --eval query eval EVAL data -h -p"
                + " -u -U -d -n --host --port --user --database --parameter --param"
                + " /--param_\\w+=.*",
            Operands.DATA),
        "clickhouse clickhouse-client cqlsh hive beeline spark-sql trino presto sqlcmd bq influx"
            + " snowsql isql cypher-shell");
    // what follows the first operand is one command, whatever it begins with
    all(
        interpreter(
            "code --eval eval EVAL data -h -p -a -u -n -r -i -d -s -t --user --pass --cert --key"
                + " --cacert flag =xc23 --raw --no-raw --csv --json --tls --no-auth-warning",
            Operands.DATA),
        "redis-cli valkey-cli");
    all(
        silent(
            "code -f load --class --jars --py-files --packages --conf --files --archives"
                + " --properties-file data --master --name --deploy-mode --driver-memory"
                + " --executor-memory --executor-cores --num-executors --total-executor-cores"
                + " --queue flag --verbose -v --supervise",
            Operands.FIRST_IS_CODE),
        "spark-submit");
  }

  private static void remote() {
    // a host that begins with a dash is an option, and one of them runs a command
    all(
        permuting(
            "code -o -F -J data =pliLRDbcmeQwWEIBS flag =tTqvxXACNnfGkKaMsgyY46", Operands.HOST),
        "ssh slogin dbclient mosh rsh autossh");
    all(
        tool(
            "code -e --rsh --rsync-path -o -S -F data -P -i -l --exclude --include --filter --port"
                + " --exclude-from --include-from --files-from --bwlimit --timeout --chmod --chown"
                + " --log-file --max-size --min-size --link-dest --partial-dir flag"
                + " =avzrhntupgCdqRLHWO346AXxbB",
            Operands.DATA),
        "rsync scp sftp");
    all(
        tool(
            "code -c -e -E --exec --sh-exec --lua-exec data -p -w -s -i flag =lvnkutz46",
            Operands.DATA),
        "nc ncat netcat");
    all(
        tool(
            "code -a -e -m --args --extra-vars --module-name --module-args place -i --inventory"
                + " data -u",
            Operands.DATA),
        "ansible");
    all(
        tool(
            "code -e --extra-vars -M --module-path place -i --inventory --become-user"
                + " --vault-password-file data -u -t -l -f --user --tags --limit --forks"
                + " --skip-tags flag =bCDKkv --become --check --diff",
            Operands.FIRST_IS_CODE),
        "ansible-playbook");
    all(
        permuting(
            "code -c --command -t -s -a data -n -f -j -q -d --jobs --delay --interval --max-args"
                + " --colsep flag =bgrkumx",
            Operands.CODE),
        "socat parallel watch tmux screen script entr at batch hyperfine");
    all(interpreter("code -c", Operands.REST_IS_CODE), "sg");
  }

  private static void plain() {
    all(
        new Plain(),
        "echo printf cat true false test [ sleep seq head tail wc ls mkdir rmdir touch cp mv rm ln"
            + " basename dirname realpath readlink date tee grep egrep fgrep cut tr uniq comm paste"
            + " fold rev diff cmp sha256sum sha1sum sha512sum md5sum cksum base64 stat du df chmod"
            + " chown kill logger expr factor gzip gunzip zcat bzip2 xz zstd ping yes curl whoami"
            + " id hostname nproc cal figlet cowsay http.server json.tool venv [[ : exit return"
            + " read printenv mktemp xxd od tac nl shuf column iconv join pr uname which pwd"
            + " truncate"
            // what a shell has itself, and does with names, numbers and folders
            + " export local declare typeset readonly set shift unset cd pushd popd mapfile"
            + " readarray getopts wait umask ulimit let break continue type jobs shopt");
  }

  /** Options come before operands, and code from the input where there is none. */
  private static Interpreter interpreter(String options, Operands operands) {
    return new Interpreter(Options.of(options), operands, false, true);
  }

  /** The same without code from the input. */
  static Interpreter silent(String options, Operands operands) {
    return new Interpreter(Options.of(options), operands, false, false);
  }

  private static Interpreter permuting(String options, Operands operands) {
    return new Interpreter(Options.of(options), operands, true, true);
  }

  static Interpreter tool(String options, Operands operands) {
    return new Interpreter(Options.of(options), operands, true, false);
  }

  private static void all(Program program, String names) {
    for (String name : names.split(" ", -1)) {
      BY_NAME.put(name, program);
    }
  }
}
