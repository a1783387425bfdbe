package dev.tiphys.compiler.taint;

import dev.tiphys.compiler.taint.Program.Interpreter;
import dev.tiphys.compiler.taint.Program.Operands;
import dev.tiphys.compiler.taint.Program.Own;
import dev.tiphys.compiler.taint.Program.Wrapper;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The programs that are known to start others: see {@link Programs}. */
final class Wrappers {
  private final BiConsumer<Program, String> add;

  /** With what takes a program and its names. */
  Wrappers(BiConsumer<Program, String> add) {
    this.add = add;
  }

  void addAll() {
    wrappers();
    places();
    projects();
  }

  private void all(Program program, String names) {
    add.accept(program, names);
  }

  private void wrappers() {
    all(
        wrapper(
            "code -S --split-string data -u -C --unset --chdir -P -L -U flag - =i0v --null"
                + " --ignore-environment --debug",
            0,
            Own.NOTHING),
        "env");
    all(
        wrapper(
            "data -k --kill-after -s --signal flag =vpf --foreground --preserve-status --verbose",
            1,
            Own.NOTHING),
        "timeout gtimeout");
    all(wrapper("flag =acp --all-tasks --cpu-list --pid", 1, Own.NOTHING), "taskset");
    all(
        wrapper(
            "data =TPD --sched-runtime --sched-period --sched-deadline flag =bfiordRmavpe --batch"
                + " --fifo --idle --other --rr --deadline --ext --reset-on-fork --verbose",
            1,
            Own.NUMBER),
        "chrt");
    all(
        wrapper(
            "code -c --command data -w -E --wait --timeout --conflict-exit-code flag =nxsueoF"
                + " --nonblock --nb --exclusive --shared --unlock --close --no-fork --verbose",
            1,
            Own.NOTHING),
        "flock");
    all(wrapper("data -n --adjustment flag /-[0-9]+|--[0-9]+", 0, Own.NOTHING), "nice");
    all(
        wrapper(
            "data =cnpPu --class --classdata --pid --pgid --uid flag -t --ignore /-[cn][0-9]",
            0,
            Own.NOTHING),
        "ionice");
    all(wrapper("flag =cfw --ctty --fork --wait", 0, Own.NOTHING), "setsid");
    all(wrapper("data =ioe --input --output --error", 0, Own.NOTHING), "stdbuf");
    all(
        wrapper(
            "data -f -o --format --output flag =pvaqhlV --portability --verbose --append",
            0,
            Own.NOTHING),
        "time gtime");
    all(
        wrapper(
            "pipe -o --output data =espuaEIOPbXUl flag =fcCtTvqyikrdwzZVhYL -ff -tt -ttt -qq -qqq"
                + " -xx -yy -DD --follow-forks --summary-only --timestamps",
            0,
            Own.NOTHING),
        "strace ltrace");
    all(
        wrapper("data =pPrRc flag =vsgwhV --single-child --rewrite --verbose", 0, Own.NOTHING),
        "tini tini-static");
    all(
        wrapper("data -r --rewrite flag =cvV --single-child --verbose", 0, Own.NOTHING),
        "dumb-init");
    all(wrapper("flag -p tells -v -V", 0, Own.NOTHING), "command");
    all(wrapper("flag =aclvVp data -A", 0, Own.NOTHING), "builtin catatonit unbuffer");
    all(wrapper("data -a flag =cl", 0, Own.NOTHING), "exec");
    all(
        wrapper("", 0, Own.NOTHING),
        "nohup catchsegv eatmydata busybox toybox coproc torsocks with-contenv noglob nocorrect");
    all(wrapper("data -l -f -i -s -b --lib --faked flag =uhv", 0, Own.NOTHING), "fakeroot");
    all(wrapper("flag =vqhd /--.*", 0, Own.NOTHING), "valgrind proxychains proxychains4");
    all(
        wrapper(
            "place --reuid --regid --ruid --rgid --euid --egid --groups --securebits"
                + " --selinux-label --apparmor-profile --reset-env data --inh-caps --ambient-caps"
                + " --bounding-set --pdeathsig flag -d -h -V --dump --nnp --no-new-privs"
                + " --clear-groups --keep-groups --init-groups",
            0,
            Own.NOTHING),
        "setpriv");
    all(
        wrapper(
            "data -n -np -N -c -p -t -H --host --hostfile --ntasks --nodes --partition --time"
                + " --job-name --cpus-per-task --mem --gres -o -e -s -w --server-args --server-num"
                + " --exit-status flag -v -q -l -i -a --oversubscribe --allow-run-as-root --bind-to"
                + " --auto-servernum --exit-with-session",
            0,
            Own.NOTHING),
        "mpirun mpiexec srun xvfb-run dbus-run-session ssh-agent aa-exec prlimit linux32 linux64"
            + " i386 x86_64");
    all(wrapper("flag -R -L -B -v --verbose", 1, Own.NOTHING), "setarch gdbserver");
    all(
        wrapper(
            "data -e -o -F -p -t --event --output --freq flag -g -a -q -r -d",
            1,
            Own.NOTHING,
            Pattern.compile("record|stat|trace"),
            null),
        "perf");
    all(
        wrapper("data --drop --inh --user --uid --gid --groups flag --print", 0, Own.NOTHING),
        "capsh");
    all(wrapper("data =CNmipl flag =ahs --localalloc --all", 0, Own.NOTHING), "numactl");
    all(
        wrapper(
            "data =pudHME --unit --property --description --slice --uid --gid --nice"
                + " --working-directory --setenv --host --machine flag =tPqGrdS --user --scope"
                + " --pty --pipe --quiet --wait --collect --system --shell --no-block",
            0,
            Own.NOTHING),
        "systemd-run");
    all(wrapper("data -g flag --sticky", 0, Own.NOTHING), "cgexec");
    all(wrapper("data =tw flag =dimsu", 0, Own.NOTHING), "caffeinate");
    all(wrapper("data =uUeEnlLmdopfcrtb/ flag =vP012", 0, Own.NOTHING), "chpst");
    all(wrapper("", 1, Own.NOTHING), "envdir");
    all(wrapper("load -e -f flag run", 0, Own.NOTHING), "dotenv");
    all(wrapper("data =fe", 0, Own.NOTHING), "rlwrap");
    all(
        wrapper(
            "data =InLPdsEaR --max-lines --max-args --max-procs --max-chars --delimiter --arg-file"
                + " --process-slot-var flag =0rtpxoeil --null --no-run-if-empty --verbose"
                + " --interactive --exit --open-tty --replace --eof /-[iel].*",
            0,
            Own.FEEDS),
        "xargs gxargs");
  }

  /** What decides where, and as whom, a command line runs. */
  private void places() {
    all(
        Programs.silent(
            "code --post-renderer place install upgrade template submit apply -f --values"
                + " --kubeconfig --kube-context --repo --serviceaccount data -n --namespace --set"
                + " --set-string --version -o --output -p --parameter -l",
            Operands.DATA),
        "helm argo");
    all(
        wrapper(
            "place -u -g -h -R -U --user --group --host --chroot --other-user data =CprtTDa --chdir"
                + " --prompt --role --type --close-from --command-timeout --login-class flag"
                + " =AbBEeHiKklnNPSsvV --preserve-env --non-interactive --login --shell --set-home"
                + " --stdin --background --disable-internal-agent --keep-cwd --reset-timestamp",
            0,
            Own.NOTHING),
        "sudo doas pkexec");
    all(
        wrapper(
            "data =tSGwR --target --setuid --setgid --root --wd --map-user --map-group --setgroups"
                + " --propagation --userspec --groups flag =muinpUCTFZaerfcV --mount --uts --ipc"
                + " --net --pid --user --cgroup --time --fork --map-root-user --map-current-user"
                + " --mount-proc --kill-child --all --no-fork --preserve-credentials",
            0,
            Own.NOTHING),
        "nsenter unshare");
    all(wrapper("data =rbwq0", 0, Own.NOTHING), "bwrap firejail proot");
    all(
        wrapper("data --userspec --groups =ug flag --skip-chdir", 1, Own.PLACE),
        "chroot gosu su-exec setuidgid s6-setuidgid");
    all(
        wrapper("data -n flag -all -4 -6 -br -j", 3, Own.PLACE, Pattern.compile("netns"), null),
        "ip");
    String place =
        "code --entrypoint --overrides place -u -v -f -H --user --volume --mount --kubeconfig"
            + " --context --image --cap-add --device --host --server --token --as --as-group"
            + " --env-file --volumes-from --pid --ipc --userns --security-opt --serviceaccount data"
            + " =ewpnclhml --env --workdir --network --name --namespace --container --publish"
            + " --label --labels --from-literal --hostname --memory --cpus --restart"
            + " --platform --add-host --cap-drop --gpus --log-level --pull --shm-size --ulimit"
            + " --tmpfs --dns --target --selector --port --limits --requests flag =itdqP --rm"
            + " --privileged --interactive --tty --detach --init --read-only --stdin --quiet"
            + " --attach --command --no-healthcheck --publish-all --all-containers";
    String other =
        "code --overrides --entrypoint place set build pull import compose plugin"
            + " config -f -k -p -u -v -H --filename --kustomize --patch --patch-file"
            + " --image --kubeconfig --context --server --token --as --as-group --host"
            + " --user --volume --mount --from-file --serviceaccount --cluster data -n -c"
            + " -l -o -e -w --namespace --container --selector --field-selector --output"
            + " --name --env --label --type --replicas --from-literal --dry-run --tail"
            + " --since";
    Pattern runs = Pattern.compile("exec|run|debug|create|enter|attach");
    all(
        wrapper(place, 2, Own.PLACE, runs, Programs.silent(other, Operands.DATA)),
        "docker podman nerdctl crictl lxc ctr");
    // of these any word may be an option, which may name a program that signs in
    all(wrapper(place, 2, Own.PLACE, runs, Programs.tool(other, Operands.DATA)), "kubectl oc k3s");
  }

  /** Of a project's tools: {@code run} starts a program, and other words install one. */
  private void projects() {
    Interpreter installs =
        new Interpreter(
            Options.of("code install i add exec x download wheel remove update tool"),
            Operands.DATA,
            true,
            false);
    all(
        wrapper(
            "code -m --module load --with --with-editable --with-requirements --env-file -p"
                + " --python data -n"
                + " --name --prefix --cwd -C -P --directory --project --extra --group"
                + " --index --index-url --package -e --environment flag =qvsh --quiet --verbose"
                + " --isolated --no-sync --frozen --locked --active --all-extras --no-project"
                + " --no-capture-output --live-stream --script --no-interaction --no-dev --dev"
                + " --offline --no-cache --exact --no-env-file",
            1,
            Own.NOTHING,
            Pattern.compile("run"),
            installs),
        "uv poetry conda mamba micromamba pipenv pdm hatch rye pixi");
    all(wrapper("", 1, Own.NOTHING, Pattern.compile("exec"), installs), "bundle rbenv pyenv asdf");
  }

  private static Wrapper wrapper(String options, int operands, Own own) {
    return wrapper(options, operands, own, null, null);
  }

  private static Wrapper wrapper(
      String options,
      int operands,
      Own own,
      @Nullable Pattern subcommand,
      @Nullable Interpreter otherwise) {
    return new Wrapper(Options.of(options), operands, own, subcommand, otherwise);
  }
}
