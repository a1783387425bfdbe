package dev.tiphys.compiler.taint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A9: values that a shell's code passes on to other code, by the number of an argument or as words
 * of a list. {@code V} is the one that an event fills.
 */
class PassedOnTest {
  @ParameterizedTest
  @DisplayName("A9: an argument of code that is read from elsewhere is run where that runs it")
  @ValueSource(
      strings = {
        "bash -s -- \"$V\" <<\"E\"\neval \"$1\"\nE",
        "bash -s a \"$V\" <<E\neval \"\\$2\"\nE",
        "bash /dev/stdin \"$V\" <<\"E\"\neval \"$1\"\nE",
        "echo 'eval \"$1\"' | bash -s -- \"$V\"",
        "echo 'for c in \"$@\"; do $c; done' | bash -s -- a \"$V\"",
        "bash <(echo 'eval \"$1\"') \"$V\"",
        "source <(echo 'eval \"$1\"') \"$V\"",
        ". /dev/stdin \"$V\" <<'E'\neval \"$1\"\nE",
        "bash -c \"$(cat <<'E'\neval \"$1\"\nE\n)\" _ \"$V\"",
        "bash -c \"$(echo 'eval \"$0\"')\" \"$V\"",
        "x='eval \"$1\"'; sh -c \"$x\" _ \"$V\"",
        "cat >a.sh <<'E'\neval \"$1\"\nE\nbash a.sh \"$V\"",
        "cat >a.sh <<'E'\neval \"${12}\"\nE\nbash a.sh 1 2 3 4 5 6 7 8 9 10 11 \"$V\"",
        "cat >a.sh <<'E'\nshift; \"$@\"\nE\nbash a.sh x sh -c \"$V\"",
        "cat >a.sh <<'E'\nread x; eval \"$x\"\nE\necho \"$V\" | bash a.sh",
        "cat >a.sh <<'E'\neval \"$1\"\nE\nchmod +x a.sh; ./a.sh \"$V\"",
        "cat >/tmp/a.sh <<'E'\neval \"$1\"\nE\n. /tmp/a.sh \"$V\"",
        "cat >a.sh <<'E'\neval \"$1\"\nE\nsudo bash a.sh \"$V\"",
        "cat >a.sh <<'E'\neval \"$1\"\nE\nenv A=1 ./a.sh \"$V\"",
        "docker exec -i box bash -s -- \"$V\" <<'E'\neval \"$1\"\nE",
        "kubectl exec -i pod -- sh -s \"$V\" <<'E'\neval \"$1\"\nE",
        "t=$(mktemp); echo 'eval \"$1\"' > \"$t\"; sh \"$t\" \"$V\"",
        "t=$(mktemp); echo 'eval \"$1\"' > \"$t\"; chmod +x \"$t\"; \"$t\" \"$V\"",
        "cat >a.sh <<'E'\neval \"$1\"\nE\necho \"$V\" | xargs -n1 sh a.sh",
        "cat >a.sh <<'E'\neval \"$2\"\nE\nxargs ./a.sh x <<< \"$V\"",
        "f() { eval 'eval \"$1\"'; }; f \"$V\"",
        "f() { x='eval \"$1\"'; eval \"$x\"; }; f \"$V\"",
        "eval 'set -- \"$V\"; eval \"$1\"'"
      })
  void findsArgumentsOfOtherCode(String code) {
    assertThat(ShellCode.evaluated(code)).as(code).contains("V");
  }

  @ParameterizedTest
  @DisplayName("A9: an argument that other code takes for data is left alone")
  @ValueSource(
      strings = {
        "bash -s -- \"$V\" <<'E'\necho \"$1\"\nE",
        "cat >a.sh <<'E'\necho \"$1\"; eval \"$2\"\nE\nbash a.sh \"$V\" ls",
        "cat >retry.sh <<'E'\nn=$1; shift; until \"$@\"; do sleep 1; done\nE\n"
            + "sh retry.sh 3 curl \"$V\"",
        "set -- ls; eval \"$1\"; ./tool \"$V\"",
        "f() { eval \"$1\"; }; f ls; bash run.sh \"$V\"",
        "echo \"$V\" | bash run.sh; ssh host < script",
        "cat >a.sh <<'E'\neval \"$1\"\nE\nsh a.sh ls; echo \"$V\" | xargs -n1 echo"
      })
  void leavesArgumentsOfOtherCodeAlone(String code) {
    assertThat(ShellCode.evaluated(code)).as(code).doesNotContain("V");
  }

  @ParameterizedTest
  @DisplayName("A9: words that a shell made of one value are as many where their list stands")
  @ValueSource(
      strings = {
        "a=($V); find . \"${a[@]}\"",
        "a=($V); b=(-name x \"${a[@]}\"); find . \"${b[@]}\"",
        "read -ra a <<< \"$V\"; find . \"${a[@]}\"",
        "f() { find . \"$@\"; }; f $V",
        "f() { g \"$@\"; }; g() { shift; find . \"$@\"; }; f x $V",
        "a=($V); f() { find . \"${@:2}\"; }; f x \"${a[@]}\"",
        "set -- $V; find . \"$@\"",
        "set -- $V; eval \"$3\"",
        "f() { eval \"$2\"; }; f $V",
        "f() { eval \"$1\"; }; f $V",
        "for w in $V; do set -- \"$@\" \"$w\"; done; find . \"$@\"",
        "echo \"$V\" > file; mapfile -t a < file; find . \"${a[@]}\"",
        "a=($(echo \"$V\")); find . \"${a[@]}\"",
        "for w in $V; do a+=(\"$w\"); done; find . \"${a[@]}\"",
        "echo \"$V\" | while read -r w; do a+=(\"$w\"); done; find . \"${a[@]}\"",
        "sh -c 'find . \"$@\"' _ $V",
        "a=($V); sh -c 'find . \"$@\"' _ \"${a[@]}\"",
        "cat >a.sh <<'E'\nfind . \"$@\"\nE\nsh a.sh $V",
        "f() { while [ $# -gt 0 ]; do a+=(\"$1\"); shift; done; find . \"${a[@]}\"; }; f $V",
        "f() { local -n r=$1; find . \"${r[@]}\"; }; a=($V); f a",
        "declare -n r=a; a=($V); find . \"${r[@]}\"",
        "a=($V); [ \"${a[@]}\" ]",
        "a=($V); timeout \"${a[@]}\""
      })
  void findsWordsOfLists(String code) {
    assertThat(ShellCode.evaluated(code)).as(code).contains("V");
  }

  @ParameterizedTest
  @DisplayName("A9: a value that is one word of a list stays one")
  @ValueSource(
      strings = {
        "a=(\"$V\"); find . -name \"${a[@]}\"",
        "a=(-name \"$V\"); find . \"${a[@]}\"",
        "f() { find . -name \"$@\"; }; f \"$V\"",
        "a=($V); find . -name \"${a[*]}\"",
        "a=($V); echo \"${a[@]}\"",
        "a=($V); python3 work.py \"${a[@]}\"",
        "for w in $V; do find . -name \"$w\"; done",
        "f() { find . -name \"$1\"; }; f $V",
        "read -r w <<< \"$V\"; find . -name \"$w\"",
        "set -- \"$V\"; find . -name \"$@\"",
        "sh -c 'find . -name \"$@\"' _ \"$V\"",
        "mapfile -t a < file; find . \"${a[@]}\"; echo \"$V\""
      })
  void leavesSingleWordsAlone(String code) {
    assertThat(ShellCode.evaluated(code)).as(code).doesNotContain("V");
  }
}
