package dev.tiphys.compiler.taint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.compiler.Compiler;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A9: which words of a command line an event's value may be in. {@code V} stands for it. */
class ArgumentsTest {
  @ParameterizedTest
  @DisplayName("A9: an event's value that would run as code is refused")
  @ValueSource(
      strings = {
        "awk|V",
        "awk|BEGIN { print V }",
        "gawk|-f|V",
        "mawk|-e|V",
        "sed|-e|s/a/V/",
        "sed|s/a/V/",
        "jq|.a == V",
        "ssh|host|ls V",
        "ssh|host|ls|V",
        "ssh|-p|22|host|ls|-lV",
        "ssh|V|ls",
        "ssh|-oProxyCommand=V|host",
        "ssh|-o|ProxyCommand=V|host",
        "psql|-c|select V",
        "psql|-h|db|-c|select V",
        "psql|--command=select V",
        "mysql|-e|select V",
        "mysql|-eselect V",
        "mariadb|--execute|V",
        "sqlite3|a.db|select V",
        "find|.|-exec|sh|-c|rm V|;",
        "find|.|-name|a|-exec|V|{}|+",
        "find|.|-execdir|V|;",
        "groovy|-e|println V",
        "sh|V",
        "bash|-e|V",
        "sh|-c|$0|V",
        "sh|-c|\"$1\" now|x|V",
        "sh|-c|eval $1|x|V",
        "sh|-c|eval \"echo $@\"|x|V",
        "sh|-c|X=\"$1\"; eval \"echo $X\"|x|V",
        "sh|-c|for c in \"$@\"; do $c; done|x|V",
        "sh|-c|bash -c \"$1\"|x|V",
        "sh|-c|awk \"$1\" file|x|V",
        "sh|-c|ssh host \"ls $1\"|x|V",
        "sh|-c|echo \"$1\" \\| sh|x|V",
        "sh|-c|bash <<< \"$1\"|x|V",
        "sh|-c|sh -c 'eval \"$1\"' x \"$1\"|x|V",
        "sh|-c|exec \"$@\"|x|V",
        "sh|-c|BASH_ENV=$1 bash run.sh|x|V",
        "sh|-c|. \"$1\"|x|V",
        "sh|-c|eval \"$(echo \"$1\")\"|x|V",
        "sh|-c|`echo $1`|x|V",
        "sh|-c|X=$(echo \"$1\"); $X|x|V",
        "sh|-c|Y=\"a $(eval $1)\"|x|V",
        "sh|-c|cat \"$TIPHYS_PARAMS/v\" \\| sh|V",
        "sh|-c|. $TIPHYS_PARAMS/v|V",
        "python|$(TIPHYS_PARAMS)/v",
        "sh|-c|$TIPHYS_PARAM_V|a",
        "$(TIPHYS_PARAM_V)",
        "xargs|V",
        "xargs|-I|{}|V|{}",
        "xargs|-n|1|sh|-c|echo V",
        "xargs|-a|/tiphys/params/v|sh|-c",
        "xargs|-a|/tiphys/params/v|-I{}|sh|-c|ls {}",
        "xargs|--arg-file=/tiphys/params/v|find",
        "parallel|echo V",
        "env|V",
        "env|-S|V",
        "env|-SV",
        "env|--split-string=V",
        "env|A=1|V",
        "env|BASH_ENV=V|sh|run.sh",
        "env|-u|HOME|sh|-c|V",
        "timeout|10|V",
        "timeout|-k|5|10|sh|-c|V",
        "nohup|V",
        "nice|-n|5|V",
        "sudo|-u|app|V",
        "sudo|sh|-c|V",
        "su|-c|V",
        "su|app|-c|V",
        "su|-|app|-c|V",
        "chroot|/root|V",
        "nsenter|-t|1|-m|--|V",
        "nsenter|-t|1|sh|-c|V",
        "docker|exec|box|sh|-c|V",
        "docker|exec|-it|box|V",
        "kubectl|exec|-n|shop|pod|--|sh|-c|V",
        "kubectl|exec|pod|--|V",
        "python|-m|V",
        "python3|-cV",
        "python3.12|V",
        "node|-e|V",
        "node|-r|./a.js|V",
        "deno|eval|V",
        "R|-e|V",
        "Rscript|-e|V",
        "julia|-e|V",
        "scala|-e|V",
        "jshell|V",
        "osascript|-e|V",
        "tclsh|V",
        "expect|-c|V",
        "gdb|-ex|V|./a",
        "vim|-c|V|file",
        "make|V",
        "make|A=V",
        "perl|-ne|V",
        "ruby|-e|puts V",
        "php|-r|V",
        "pwsh|-Command|V",
        "tar|-xf|a.tar|--to-command|V",
        "git|-c|V|pull",
        "pip|install|V",
        "java|-jar|V",
        "busybox|sh|-c|V",
        "busybox|awk|V",
        "/usr/bin/env|python3|-c|V",
        "mytool|sh|-c|V",
        "V",
        "V|a",
        "-c|V",
        "--eval|V",
        "bash|-euo|pipefail|-c|V",
        "bash|-euo|pipefail|-c|echo got V",
        "bash|-eo|pipefail|-c|V",
        "bash|-euxo|pipefail|-c|V",
        "bash|-eO|extglob|-c|V",
        "bash|-ceuo|pipefail|V",
        "bash|-e|-o|pipefail|-c|V",
        "bash|+O|extglob|-c|V",
        "bash|-euo|pipefail|V",
        "setsid|-f|sh|-c|V",
        "taskset|-c|0|sh|-c|V",
        "flock|-n|L|sh|-c|V",
        "flock|-n|L|-c|V",
        "chrt|-f|1|sh|-c|V",
        "strace|-f|sh|-c|V",
        "time|-p|sh|-c|V",
        "dumb-init|-c|sh|-c|V",
        "sudo|-s|V",
        "docker|run|--entrypoint|sh|img|-c|V",
        "setsid|--strange|sh|-c|V",
        "timeout|--strange|9|V",
        "python3|-uX|dev|-c|V",
        "python3|-uX|dev|-c|import os; os.system('''V''')",
        "python3|-IW|ignore|-c|V",
        "python3|-m|pip|install|V",
        "python3|-m|timeit|V",
        "python3|--strange|x|V",
        "node|--env-file|x|-e|V",
        "julia|-t|4|-e|V",
        "ruby|-E|UTF-8|-e|V",
        "uv|run|python|-c|V",
        "poetry|run|python|-c|V",
        "conda|run|-n|base|python|-c|V",
        "conda|run|--no-capture-output|-n|base|sh|-c|V",
        "uv|run|--with|requests|python3|-c|V",
        "split|--filter|V|file",
        "split|--filter=V|file",
        "ip|netns|exec|blue|sh|-c|V",
        "ip|netns|exec|blue|V",
        "tcpdump|-z|V",
        "git|clone|--config=V",
        "git|clone|--config|V|repo",
        "nix-shell|-p|V",
        "cmake|-P|V",
        "sh|/tiphys/params/v",
        "sh|-c|sh /tiphys/params/v|V",
        "bash|-euo|pipefail|-c|eval \"$1\"|x|V",
        "env|-S|bash -e -c|V",
        "env|-S|sh -c 'eval \"$0\"'|V",
        "env|A=V|sh|-c|eval \"$A\"",
        "$(SHELL)|-c|V",
        "xargs|-I{}|sh|-c|{} V",
        "uv|pip|install|V",
        "poetry|add|V",
        "bundle|exec|ruby|-e|V",
        "env|--split=V",
        "sed|--expr=V|f",
        "sort|--compress-prog=V|f",
        "split|--filt=V|f",
        "make|--ev=V",
        "tar|--to-c=V|-xf|a",
        "psql|--comm=V",
        "psql|--comm|V",
        "mysql|--exe=V",
        "git|clone|--upload-p=V|u",
        "rsync|--rs=V|a|b",
        "awk|--sou=V",
        "gdb|--ev=V",
        "flock|f|--comm=V",
        "runuser|-u|nobody|--|sh|-c|V",
        "runuser|-u|nobody|--|V",
        "su|nobody|-s|/bin/sh|--|-c|V",
        "su|u|--|-c|V",
        "su|-|u|--|-c|V",
        "su|--|u|-c|V",
        "su|-|V",
        "perl|-ne|print|V",
        "perl|-pe|s/a/b/|V",
        "perl|-i|-pe|s/a/b/|V",
        "perl|-F:|-lane|print|V",
        "perl|-e|1|-e|V",
        "ruby|-e|1|-e|V",
        "node|-e|1|-e|V",
        "gdb|--eval-command=V",
        "git|grep|--open-files-in-pager=V|x",
        "git|difftool|--extcmd=V",
        "git|--exec-path=V|log",
        "strace|-o|V|ls",
        "python3|-m|IPython|-c|V",
        "ruby|-x|V",
        "cmd|/c|V",
        "cmd.exe|/c|V",
        "cmd|/s|/c|dir|V",
        "pwsh|-Comm|V",
        "pwsh|-comm|V",
        "osh|-c|V",
        "posh|-c|V",
        "es|-c|V",
        "capsh|--|-c|V",
        "sg|group|V",
        "setpriv|--reuid|1|V",
        "setarch|linux64|V",
        "prlimit|--nofile=4|V",
        "gdbserver|:1|V",
        "perf|record|V",
        "mpirun|-n|4|V",
        "dbus-run-session|V",
        "apt-get|install|-y|V",
        "apk|add|V",
        "dnf|install|V",
        "rpm|-i|V",
        "dpkg|-i|V",
        "sh|-c|find $1 -name x|x|V",
        "sh|-c|[ -v \"$1\" ]|x|V"
      })
  void refusesCode(String line) {
    // Given
    String workflow = workflow(line);
    // When
    List<Code> codes = codes(workflow);
    // Then
    assertThat(codes).as(workflow).contains(Code.EVENT_VALUE_IN_CODE);
  }

  @ParameterizedTest
  @DisplayName("A9: an event's value inside a larger argument is a warning")
  @ValueSource(
      strings = {
        "mytool|run V",
        "mytool|load('V')",
        "mytool|--query=select V",
        "mytool|--exec=V",
        "mytool|--eval|V",
        "python|train.py|a;V",
        "sh|run.sh|$(V)",
        "mytool|bash|V",
        "docker|run|V|ls",
        "sed|-e|s/a/b/|V",
        "awk|{print}|V",
        "git|clone|V",
        "tar|-cf|a.tar|V",
        "rsync|V|host:/data",
        "psql|V",
        "sort|V",
        "wget|V",
        "zip|a.zip|V",
        "git|clone|V|d",
        "zorksh|-lc|V",
        "su|u|-c|echo a|V",
        "mytool|--|V",
        "kubectl|apply|-f|V",
        "kubectl|create|-f|V",
        "kubectl|apply|-k|V",
        "kubectl|patch|deploy|x|-p|V",
        "kubectl|set|image|deploy/x|x=V",
        "kubectl|run|x|--image=V",
        "kubectl|get|pod|--kubeconfig|V",
        "kubectl|--as=V|get|pods",
        "sudo|-u|V|ls",
        "sudo|--user=V|ls",
        "runuser|-u|V|--|ls",
        "docker|run|--user|V|alpine",
        "docker|run|-v|V:/x|alpine",
        "docker|build|V",
        "helm|install|x|V",
        "argo|submit|V",
        "rsync|--strange=V|a|b",
        "vim|+V|a",
        "-p|V",
        "--print|V",
        "-r|V",
        "-E|V",
        "-m|V",
        "-pe|x|V",
        "sh|-c|docker run \"$1\"|x|V",
        "sh|-c|sudo -u \"$1\" ls|x|V",
        "sh|-c|tar -xf data.tar \"$1\"|sh|V",
        "sh|-c|tar -xf data.tar \"$@\"|sh|V",
        "sh|-c|rsync --strange=\"$1\" a b|sh|V",
        "sh|-c|mytool -c \"$1\"|sh|V",
        "sh|-c|mytool \"run $1\"|sh|V"
      })
  void warnsOfLargerArguments(String line) {
    // Given
    String workflow = workflow(line);
    // When
    List<Code> codes = codes(workflow);
    // Then
    assertThat(codes)
        .as(workflow)
        .containsExactlyInAnyOrder(Code.EVENT_VALUE_IN_ARGUMENT, Code.EXTERNAL_EVENT);
  }

  @ParameterizedTest
  @DisplayName("A9: a value as an argument of its own, and what only prints or names, stays silent")
  @ValueSource(
      strings = {
        "echo|hello V!",
        "printf|%s (V)|a",
        "cat|/data/V",
        "sleep|V",
        "curl|-d|{\"a\": \"V\"}|http://x/",
        "mytool|V",
        "mytool|--name=V",
        "mytool|/data/V.csv",
        "mytool|https://host/path?q=V",
        "sh|-c|echo \"$1\"|x|V",
        "sh|-c|echo \"$1\"|bash|V",
        "sh|-c|echo $1; ls \"/data/$1\"|x|V",
        "sh|-c|exec \"$@\"|x|echo|V",
        "sh|-c|X=$(basename \"$1\"); echo \"$X $(date)\"|x|V",
        "sh|-c|echo $(( 1 + 2 )) \"$1\" \"${1:-a}\"|x|V",
        "python|train.py|$(TIPHYS_PARAMS)/v",
        "xargs|-a|/tiphys/params/v|echo",
        "sh|-c|cat \"$TIPHYS_PARAMS/v\" && echo \"$TIPHYS_PARAM_V\"",
        "sh|-c|if [ \"$1\" = a ]; then echo b; fi|x|V",
        "sh|-c|python train.py --name \"$1\"|x|V",
        "sh|-c|echo 'eval $1' # eval $1|x|V",
        "sh|run.sh|V",
        "bash|-e|run.sh|V",
        "python|train.py|V",
        "python|-c|import sys|V",
        "python|-|V",
        "node|-e|console.log(process.argv[1])|V",
        "awk|-v|a=V|{print a}",
        "jq|--arg|a|V|.x == $a",
        "psql|-h|V|-c|select 1",
        "psql|-v|a=V|-f|a.sql",
        "mysql|-u|V|-e|select 1",
        "sqlite3|V|select 1",
        "timeout|V|sleep|10",
        "env|NAME=V|python|train.py",
        "env|NAME=a V|python|train.py",
        "find|V|-name|a",
        "find|.|-exec|ls|{}|;|-newer|V",
        "kubectl|get|pod|V",
        "java|-jar|a.jar|V",
        "git|clone|--|V",
        "tar|-cf|a.tar|--|V",
        "sort|--|V",
        "timeout|-k|5|10|echo|V",
        "flock|-n|L|echo|V",
        "setsid|-f|echo|V",
        "bash|-euo|pipefail|run.sh|V",
        "bash|-euo|pipefail|-c|echo \"$1\"|x|V",
        "python3|-u|work.py|V",
        "python3|-uX|dev|work.py|V",
        "python3|-m|train|V",
        "uv|run|python|work.py|V",
        "poetry|run|train|--name|V",
        "java|-Xmx2g|-jar|a.jar|V",
        "env|-S|python3 -u work.py|V",
        "node|--max-old-space-size=200|work.js|V",
        "ip|netns|exec|blue|ping|V",
        "sh|-s|V",
        "jq|-r|--arg|a|V|.x",
        "kubectl|exec|-it|pod|-c|box|--|ls|V",
        "kubectl|logs|-n|V|pod",
        "git|log|--author=V",
        "tar|-cf|a.tar|--exclude=V|d",
        "docker|run|--name=V|alpine",
        "perl|-e|print @ARGV|V",
        "perl|-ne|print|./V",
        "runuser|-u|nobody|--|echo|V",
        "timeout|--sig|KILL|9|echo|V",
        "gzip|-c|V",
        "python3|-c|import sys|--name|V",
        "python3|train.py|--name|V",
        "sh|-c|find \"$1\" -name x|x|V",
        "sh|-c|git commit -m \"got $1\"|x|V"
      })
  void leavesDataAlone(String line) {
    // Given
    String workflow = workflow(line);
    // When
    List<Code> codes = codes(workflow);
    // Then
    assertThat(codes).as(workflow).containsExactly(Code.EXTERNAL_EVENT);
  }

  private static String workflow(String line) {
    String words =
        Arrays.stream(line.replace("\\|", "\0").split("\\|"))
            .map(word -> word.replace("\0", "|").replace("'", "''"))
            .map(
                word ->
                    "'" + word.replaceAll("\\bV\\b|(?<=-[a-zS])V", "{{inputs.parameters.v}}") + "'")
            .collect(Collectors.joining(", "));
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Workflow
    metadata: {generateName: test-}
    spec:
      entrypoint: main
      templates:
        - name: main
          inputs: [{name: v, valueFrom: {event: {metadata: {name: v}, eventPolicy: create}}}]
          container: {image: alpine, command: [%s]}
    """
        .formatted(words);
  }

  private static List<Code> codes(String workflow) {
    return Compiler.compile("a.yaml", workflow).diagnostics().stream()
        .map(Diagnostic::code)
        .toList();
  }
}
