package dev.tiphys.compiler.taint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A9: which variables a shell's code runs. {@code V} is the one that an event fills. */
class ShellCodeTest {
  @ParameterizedTest
  @DisplayName("A9: a value that a shell's code runs is found, whatever way it takes there")
  @ValueSource(
      strings = {
        "echo hi; x=$'it\\'s'; eval \"$V\"",
        "$(echo ')'); eval \"$V\"",
        "2>/dev/null eval \"$V\"",
        ">out 2>&1 eval $V",
        "function f { eval \"$V\"; }; f",
        "function f() { eval \"$V\"; }",
        "ev\\\nal \"$V\"",
        "$'\\x65val' \"$V\"",
        "echo \"${x:-$(eval \"$V\")}\"",
        "echo \"${x:-it's}\"; eval \"$V\"",
        "$SHELL -c \"$V\"",
        "sh=bash; $sh -c \"$V\"",
        "sh='bash -e'; $sh -c \"$V\"",
        "read x <<< \"$V\"; eval \"$x\"",
        "echo \"$V\" | while read x; do eval \"$x\"; done",
        "while read -r x; do eval \"$x\"; done <<< \"$V\"",
        "while read -r x; do eval \"$x\"; done < \"$TIPHYS_PARAMS/v\"; eval \"$V\"",
        "printf -v x '%s' \"$V\"; eval \"$x\"",
        "set -- \"$V\"; for i; do eval \"$i\"; done",
        "set -- \"$V\"; eval \"$1\"",
        "set -- a \"$V\"; shift; eval \"$1\"",
        "set -- a \"$V\"; \"$2\"",
        "f(){ eval \"$1\"; }; f \"$V\"",
        "f() { local x=$2; eval \"$x\"; }\nf a \"$V\"",
        "f() { shift; eval \"$1\"; }; f a \"$V\"",
        "f() { while [ $# -gt 0 ]; do eval \"$1\"; shift; done; }; f a b \"$V\"",
        "f() { \"$@\"; }; f sh -c \"$V\"",
        "f() { read x; eval \"$x\"; }; echo \"$V\" | f",
        "f() { echo \"$V\"; }; eval \"$(f)\"",
        "env A=\"$V\" sh -c 'eval \"$A\"'",
        "export A=\"$V\"; sh -c 'eval \"$A\"'",
        "echo \"$V\" | cat | sh",
        "echo \"$V\" | tee f | sh",
        "echo \"$V\" | xargs sh -c",
        "echo \"$V\" | xargs -I{} sh -c '{}'",
        "echo \"$V\" | xargs -I {} sh -c 'echo {}'",
        "bash < \"$V\"",
        "sh <$V",
        "bash <(echo \"$V\")",
        "source <(echo \"$V\")",
        ". <(echo \"$V\")",
        "echo \"${V@P}\"",
        "x=$V; echo \"${x@P}\"",
        "mapfile -C 'eval' -c 1 a <<< \"$V\"",
        "mapfile -t a <<< \"$V\"; eval \"${a[0]}\"",
        "trap 'eval \"$V\"' EXIT",
        "trap \"$V\" EXIT",
        "env -S \"$V\"",
        "ssh host \"$V\"",
        "echo \"$V\" | ssh host",
        "echo \"$V\" | python3",
        "python3 - <<EOF\nprint(\"$V\")\nEOF",
        "echo \"$V\" | psql",
        "env | sh",
        "printenv | sh",
        "printenv V | sh",
        "eval \"$(printenv V)\"",
        "eval \"${!x}\"",
        "(echo \"$V\") | sh",
        "{ echo \"$V\"; } | sh",
        "for i in 1; do echo \"$V\"; done | sh",
        "echo \"$V\" | { cat | sh; }",
        "echo \"$V\" > f; sh f",
        "echo \"$V\" > /tmp/f.sh; . /tmp/f.sh",
        "echo \"$V\" | tee f; chmod +x f; ./f",
        "tmp=$(mktemp); echo \"$V\" > \"$tmp\"; sh \"$tmp\"",
        "cat > f <<EOF\n$V\nEOF\nmv f g.sh; sh g.sh",
        "x='eval \"$V\"'; sh -c \"$x\"",
        "case a in a) eval \"$V\";; esac",
        "case \"$x\" in (a|b) :;; *) sh -c \"$V\";; esac",
        "if ! eval \"$V\"; then :; fi",
        "while eval \"$V\"; do :; done",
        "until false; do eval $V; done",
        "cmd=(sh -c \"$V\"); \"${cmd[@]}\"",
        "cmd=(sh -c); \"${cmd[@]}\" \"$V\"",
        "cmd=\"$V\"; $cmd",
        "declare -n r=V; eval \"$r\"",
        "cat <(eval \"$V\")",
        "echo a > >(eval \"$V\")",
        "echo \"$V\" > >(sh)",
        "exec < <(echo \"$V\"); read x; eval \"$x\"",
        "time eval \"$V\"",
        "command eval \"$V\"",
        "alias x=\"$V\"",
        "for ((i=0;i<3;i++)); do eval \"$V\"; done",
        "[[ a == a ]] && eval \"$V\"",
        "((x++)); eval \"$V\"",
        "( (echo a); eval \"$V\")",
        "!(eval \"$V\")",
        "{ eval \"$V\"; } 2>/dev/null",
        "cd \"$V\" && sh run.sh",
        "uv run sh -c \"$V\"",
        "eval 'x=$V; eval \"$x\"'",
        "sh -c \"sh -c '$V'\"",
        "x=$(cat <<EOF\n$V\nEOF\n); eval \"$x\"",
        "getopts a: o; eval $V",
        "coproc eval \"$V\"",
        "echo \"$V\" | parallel",
        "watch \"$V\"",
        "if true; then eval \"$V\"",
        "export \"$V\"",
        "flock L -c \"$V\"",
        "jq \"$V\" a",
        "$JAVA_HOME/bin/java -jar \"$V\"",
        "printf %s \"$V\" | xargs -0I{} sh -c \"echo {}\"",
        "printf %s \"$V\" | xargs -rI{} sh -c \"echo {}\"",
        "printf %s \"$V\" | xargs -tI % sh -c \"echo %\"",
        "echo \"$V\" | xargs --repl={} sh -c \"echo {}\"",
        "xargs -a \"$V\" sh -c",
        "echo \"$V\" > f; xargs -a f sh -c",
        "echo \"$V\" > f; xargs -0af find",
        "echo \"$V\" > f; xargs --arg-file=f -I{} sh -c 'echo {}'",
        "echo \"$V\" > f; sudo xargs --arg-f f sh -c",
        "wait -n -p \"$V\"",
        "wait -np\"$V\" %1",
        "echo \"NODE_OPTIONS=$V\" > e; node --env-file=e a.js",
        "echo \"$V\" > p; awk -fp x",
        "echo \"$V\" | dd of=a.sh; sh a.sh",
        "echo \"$V\" | sudo dd bs=1 of=/tmp/a.sh; . /tmp/a.sh",
        "echo \"$V\" | sort -o a.sh; sh a.sh",
        "echo \"$V\" | sort --output=a.sh; ./a.sh",
        "echo \"$V\" | sort -oa.sh; sh a.sh",
        "curl -o a.sh \"$V\"; sh a.sh",
        "mytool --out a.sh \"$V\"; sh a.sh",
        "find $V -name x",
        "[ $V = x ]",
        "test $V = x",
        "echo \"$V\" | xargs find",
        "git log $V",
        "find ${V} -name x",
        "kubectl exec -n $V pod -- ls",
        "timeout $V ls",
        "x=\"$V\"; find $x",
        "alias run=eval; run \"$V\"",
        "alias e=eval\ne \"$V\"",
        "shopt -s expand_aliases; alias g=\"sh -x\"; g -c \"$V\"",
        "trap -- 'eval \"$V\"' EXIT",
        "eval -- 'eval \"$V\"'",
        ". /dev/stdin <<< \"$V\"",
        "sh /dev/fd/0 <<EOF\n$V\nEOF",
        "exec 3<<<\"$V\"; sh /dev/fd/3",
        "exec 3<<<\"$V\"; . /proc/self/fd/3",
        "echo \"$V\" | sed -f - x",
        "echo \"$V\" | sed -f- x",
        "echo \"$V\" | awk --file=/dev/stdin",
        "echo \"$V\" | awk -f -",
        "echo \"$V\" | make -f -",
        "echo \"$V\" | su u",
        "echo \"$V\" | ssh h bash",
        "ssh h bash -s <<< \"$V\"",
        "for ((i=0;i<1;i++)) { eval \"$V\"; }",
        "for ((;;))\n{\neval \"$V\"\n}",
        "f() for x; do eval \"$x\"; done; f \"$V\"",
        "f() for x in \"$@\"; do eval \"$x\"; done\nf \"$V\"",
        "f() case $1 in *) eval \"$1\";; esac; f \"$V\"",
        "[[ $x =~ (#) ]] && eval \"$V\"",
        "[[ $x =~ (a|#b) ]]\neval \"$V\"",
        "((eval \"$V\"))",
        "[[ a || eval \"$V\"",
        "[[ -n x ]; eval \"$V\"",
        "time ! eval \"$V\"",
        "time -p ! eval \"$V\"",
        "{sh,-c} \"$V\"",
        "/bin/s[h] -c \"$V\"",
        "/bin/ba?? -c \"$V\"",
        "A[$i]=x eval \"$V\"",
        "cat <<''\nit's\n\neval \"$V\"",
        "echo a\f#; eval \"$V\"",
        "echo \"${!V}\"",
        "[ -v \"$V\" ]",
        "test -v \"$V\"",
        "[[ -v $V ]]",
        "declare -n r=\"$V\"; echo $r",
        "declare -a A=\"($V)\"",
        "local -a A=\"($V)\"",
        "declare -A A=\"([k]=$V)\"",
        "unset \"$V\"",
        ": \"$V\"; eval \"$_\"",
        "[[ $V =~ (.*) ]]; eval \"${BASH_REMATCH[1]}\"",
        "getopts x: o -x \"$V\"; eval \"$OPTARG\"",
        "set -o pipefail -- \"$V\"; eval \"$1\"",
        "f() { eval \"${10}\"; }; f 1 2 3 4 5 6 7 8 9 \"$V\"",
        "cd \"$V\"; eval \"$PWD\"",
        "printf -v \"x[0]\" %s \"$V\"; eval \"${x[0]}\"",
        "f() { printf -v \"$1\" %s \"$V\"; }; f y; eval \"$y\"",
        "declare -n r=y; r=\"$V\"; eval \"$y\"",
        "f() { local -n o=$1; o=\"$V\"; }; f y; eval \"$y\"",
        "read -r PATH <<< \"$V\"; foo",
        "x=y; read $x <<< \"$V\"; eval \"$y\"",
        "printf -v PATH %s \"$V\"",
        "compgen -C \"$V\"",
        "hash -p \"$V\" ls",
        "enable -f \"$V\" x"
      })
  void findsWhatIsRun(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run).as(code).containsAnyOf("V", ShellCode.ENVIRONMENT);
  }

  @ParameterizedTest
  @DisplayName("A9: a value that a shell's code takes for data is left alone")
  @ValueSource(
      strings = {
        "echo \"$V\"",
        "set -euo pipefail\necho \"$V\"",
        "python3 work.py \"$V\"",
        "curl --data \"$V\" url | jq .",
        "for f in *; do gzip \"$f\"; done; echo $V",
        "while read line; do echo \"$line\"; done < file; echo \"$V\"",
        "echo \"$V\" | while read -r l; do echo \"$l\"; done",
        "if [ \"$V\" = x ]; then echo a; elif [ -n \"$V\" ]; then exit 1; else echo b; fi",
        "[[ \"$V\" == a* ]] && echo \"$V\"",
        "[[ $V =~ ^(a|b)+$ ]] || exit 1",
        "log() { echo \"$1\" >&2; }\nlog \"$V\"",
        "log() { printf '%s %s\\\n' \"$(date)\" \"$*\"; }; log \"got $V\"",
        "retry() { n=$1; shift; \"$@\"; }; retry 3 curl \"$V\"",
        "retry() { local n=$1; shift; for i in $(seq $n); do \"$@\" && return; done; }; retry"
            + " \"$V\" curl x",
        "case \"$V\" in a|b) echo x;; *) echo \"$V\" >> log;; esac",
        "x=\"$V\"; y=${x%%.*}; echo \"${y:-none}\" \"${#V}\"",
        "cat > conf.json <<EOF\n{\"a\": \"$V\"}\nEOF\npython3 work.py conf.json",
        "echo \"$V\" > out.txt; sh run.sh out.txt",
        "args=(--name \"$V\"); python3 work.py \"${args[@]}\"",
        "cmd=(curl --data \"$V\" url); \"${cmd[@]}\"",
        "trap 'rm -f \"$tmp\"' EXIT; tmp=$(mktemp); echo \"$V\" > \"$tmp\"",
        "export A=\"$V\"; python3 work.py",
        "A=\"$V\" python3 work.py",
        "echo \"$V\" | jq -r .a | sort | uniq -c",
        "echo \"$V\" | python3 work.py",
        "echo \"$V\" | python3 -c 'import sys; print(sys.stdin.read())'",
        "echo \"$V\" | sh run.sh",
        "echo \"$V\" | xargs -n1 echo",
        "echo \"$V\" | xargs -I{} curl http://x/{}",
        "exec python3 work.py \"$V\"",
        "\"$PYTHON\" work.py \"$V\"",
        "i=$((i + 1)); echo \"$V $i\"",
        "while [ $# -gt 0 ]; do case \"$1\" in --v) v=$2; shift 2;; *) break;; esac; done; echo"
            + " \"$v $V\"",
        "echo \"it's $V\" 'a \"b\" $V'",
        "for ((i=0; i<3; i++)); do echo \"$V\"; done",
        "f() ( echo \"$1\" ); f \"$V\"",
        "printf -v x '%s' \"$V\"; echo \"$x\"",
        "mapfile -t a < file; for l in \"${a[@]}\"; do echo \"$l $V\"; done",
        "awk -v v=\"$V\" '{ print $1, v }' file",
        "sed -n '1,5p' \"/data/$V\"",
        "ls -la; env; echo \"$V\"",
        "git commit -m \"got $V\"; git push origin main",
        "set -x\n# it's $V\necho a # eval \"$V\"",
        "eval \"$(ssh-agent)\"; echo $V",
        "source ./lib.sh \"$V\"",
        "x=`basename \"$V\"`; echo \"$x\"",
        "cat file | while IFS= read -r x || [ -n \"$x\" ]; do echo \"$x: $V\"; done",
        "a[0]=\"$V\"; echo \"${a[0]}\"",
        "echo \"$V\" | tee -a log.txt >/dev/null",
        "test -f \"$V\" || { echo \"no $V\" >&2; exit 1; }",
        "psql -h db -v v=\"$V\" -f a.sql",
        "python3 <<'EOF'\nimport os\nprint(os.environ[\"V\"], \"it's $x\")\nEOF",
        "echo \"$V + 1\" | bc",
        "timeout 9 python3 - <<'EOF'\nprint(\"it's $x\")\nEOF",
        "cat > w.py <<'EOF'\nprint(\"it's $V\")\nEOF\npython3 w.py \"$V\"",
        "A[$i]=\"$V\"",
        "declare -A m; m[$k]=\"$V\"; echo \"${m[$k]}\"",
        "for k in \"${!m[@]}\"; do echo \"$k $V\"; done",
        "x=$V; export y=$V",
        "echo $V",
        "if [ \"$V\" = x ]; then echo y; fi",
        "[[ $V =~ (^|#)a ]] && echo \"$V\"",
        "(( i > 3 )); echo \"$V\"",
        "trap -- 'rm -f a' EXIT; echo \"$V\"",
        "alias ls=\"ls -l\"; ls \"$V\"",
        "timeout $T curl \"$V\"",
        "nice -n $N python3 work.py --name \"$V\"",
        "printf \"%s\" \"$V\" | xargs -0 rm --",
        "xargs -a \"$V\" rm --",
        "command -v \"$V\" >/dev/null || exit 1",
        "trap - \"$V\"",
        "trap cleanup \"$V\"; cd \"$V\"",
        "wait \"$V\"",
        "retry() { until \"$@\"; do sleep 1; done; }; retry --x ./deploy.sh \"$V\"",
        "python3 -u work.py \"$V\"; python3 -u work.py",
        "env MODE=run.sh sh run.sh \"$V\"",
        "timeout -k 5 9 ./run.sh \"$V\"; ./run.sh a",
        "grep -q \"$V\" run.sh; sh run.sh",
        "sort -o out.txt \"./$V\"; sh run.sh",
        "echo \"$V\" | xargs -a list sh -c",
        "find \"$V\" -name x",
        "echo $V | sed -f prog.sed",
        "for i in $(seq 1 \"$V\"); do ./step.sh $i; done",
        "retry() { local -n out=$1; out=x; }; retry y; echo \"$V\"",
        "ls *.txt; echo \"$V\"",
        "curl -o a \"$V\"; docker run --rm alpine cat \"/data/$V\"",
        "time echo \"$V\"",
        "f() for x; do echo \"$x\"; done; f \"$V\"; g() { echo a; }"
      })
  void leavesDataAlone(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run).as(code).doesNotContain("V", ShellCode.ENVIRONMENT);
  }

  @ParameterizedTest
  @DisplayName("A9: of code that cannot be read, all that it names is run")
  @ValueSource(
      strings = {
        "echo 'a\nls $V",
        "echo \"a $V",
        "echo $(ls $V",
        "echo `ls $V",
        "echo ${x:-$V",
        "if true; then ls $V",
        "{ ls $V",
        "ls $V; done",
        "f() { ls $V",
        "echo ${ ls $V; }",
        "ls) $V"
      })
  void takesWhatItCannotReadForRun(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run).as(code).contains("V");
  }

  @ParameterizedTest
  @DisplayName("A9: a file of the parameters' folder is found by whatever path")
  @ValueSource(
      strings = {
        "cd /tiphys; sh params/v",
        "sh /tiphys//params/v",
        "sh /tiphys/./params/v",
        ". /tiphys/param?/v",
        "for f in /tiphys/*/*; do sh $f; done"
      })
  void findsTheParametersFolder(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run).as(code).contains(Word.FOLDER_VARIABLE);
  }

  @ParameterizedTest
  @DisplayName("A9: a value that a program gets as a right or as code, perhaps, is in doubt")
  @ValueSource(
      strings = {
        "docker run \"$V\"",
        "sudo -u \"$V\" ls",
        "kubectl apply -f \"$V\"",
        "foo eval \"$V\"",
        "mytool --exec \"$V\"",
        "x=$V; docker build \"$x\"",
        "tar -xf data.tar \"$V\"",
        "tar -xf data.tar \"$V.txt\"",
        "x=$V; sort \"$x\"",
        "f() { tar -xf data.tar \"$1\"; }; f \"$V\"",
        "a=(\"$V\"); tar -xf data.tar \"${a[@]}\"",
        "rsync --strange=\"$V\" a b",
        "git --git-dir=\"$V\" log",
        "mytool -c \"$V\"",
        "mytool \"load('$V')\""
      })
  void doubtsWhatMayBeCodeOrARight(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run).as(code).contains(ShellCode.DOUBT + "V").doesNotContain("V");
  }

  @ParameterizedTest
  @DisplayName("A9: what no program can take for an option or code is not in doubt")
  @ValueSource(
      strings = {
        "tar -cf a.tar -- \"$V\"",
        "tar -cf a.tar \"./$V\"",
        "tar -cf a.tar \"$HOME/$V\"",
        "tar -cf a.tar \"$TIPHYS_PARAMS/v\"; echo \"$V\"",
        "tar -cf a.tar --exclude=\"$V\" d",
        "git commit -m \"got $V\"",
        "git log --author=\"$V\"",
        "export A=\"got $V\"; local b=\"a b $V\"; cd \"/a b/$V\"",
        "mytool \"$V\" --name=\"$V\" \"/data/$V\"",
        "log() { printf '%s\\n' \"$1\"; }; log \"got $V!\"",
        "log \"got $V!\"; log() { echo \"$1\"; }",
        "curl --data \"{\\\"a\\\": \\\"$V\\\"}\" url",
        "sed -n 1p \"$TIPHYS_PARAMS/v\"; sort \"$TIPHYS_PARAMS/v\""
      })
  void doubtsNoData(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run)
        .as(code)
        .doesNotContain(
            "V",
            ShellCode.DOUBT + "V",
            Word.FOLDER_VARIABLE,
            ShellCode.DOUBT + Word.FOLDER_VARIABLE);
  }

  @ParameterizedTest
  @DisplayName("A9: the arguments of code are run where it runs them")
  @ValueSource(strings = {"shift; eval \"$2\"", "x() { eval \"$1\"; }; x \"$3\"", "eval \"${3}\""})
  void knowsArgumentsByNumber(String code) {
    // When
    Set<String> run = ShellCode.evaluated(code);
    // Then
    assertThat(run).as(code).contains("3").doesNotContain("1", "2", "@");
  }

  @ParameterizedTest
  @DisplayName("D7: what is looked at grows with the code, and not faster")
  @ValueSource(
      strings = {
        "v%d=$v%2$d; ",
        "${a",
        "$(",
        "((a); ",
        "{ ",
        "f%d() { f%2$d \"$1\"; }; ",
        "echo \"$v%d\" | ",
        "echo $v%d > f%2$d; sh f%d; ",
        "cat <<A%d\n",
        "x='eval $v'; eval \"$x\"; ",
        "for i in $v%d; do ",
        "a+=(\"${a[@]}\" $v%d); find \"${a[@]}\"; ",
        "set -- \"$@\" $v%d; find \"$@\"; ",
        "bash f%d $v%d; x='\"$@\"'; eval \"$x\"; ",
        "f%d() { f%2$d \"$@\"; }; f%1$d $v%1$d; ",
        "sort -o f%1$d $v%1$d; sh f%1$d a; "
      })
  void looksAtNoMoreThanTheCode(String piece) {
    // Given
    String code = repeated(piece, 1_000);
    String longer = repeated(piece, 4_000);
    // When
    int steps = ShellCode.steps(code + "eval $v0");
    int more = ShellCode.steps(longer + "eval $v0");
    // Then
    assertThat(more).as(piece).isLessThan(5 * steps + 1_000);
  }

  private static String repeated(String piece, int times) {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < times; i++) {
      code.append(piece.formatted(i, i + 1));
    }
    return code.toString();
  }
}
