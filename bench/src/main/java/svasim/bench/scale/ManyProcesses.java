package svasim.bench.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.machine.DeviceConfig;
import svasim.machine.MachineConfig;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.config.QueueConfig;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Processes that share one queue of a DSA, each with a PASID of its own. */
final class ManyProcesses {
    private static final String DEVICE = "dsa0";

    /** Of those that are only there, so many have memory, and copy it again and again. */
    private static final int WORKERS = 64;

    private static final Picoseconds FOR_EVER = Picoseconds.ofMicros(1_000_000_000_000L);
    private static final int MICROS_EACH = 100;
    private static final Buffer PAGE = new Buffer(ByteSize.ofKiB(4), Buffer.Fill.ZERO);

    private ManyProcesses() {}

    /** Most of them do nothing but hold their PASID; some copy, once all are bound. */
    static ScaledMachine idle(int n) {
        List<ProcessSpec> processes = new ArrayList<>();
        int every = Math.max(1, n / WORKERS);
        Map<String, Program> idle =
                Map.of("main", Program.of(new Step.Open(DEVICE), new Step.Sleep(FOR_EVER)));
        DsaWork copies = copies(Integer.MAX_VALUE);
        for (int i = 0; i < n; i++) {
            boolean works = i % every == 0 && i / every < WORKERS;
            processes.add(
                    works
                            ? worker(name(i), setUp(n), copies)
                            : new ProcessSpec(name(i), Map.of(), idle));
        }
        return new ScaledMachine(
                machine(), processes, n, List.of(DEVICE + ".load.ended"), 0, false);
    }

    private static ProcessSpec worker(String name, Picoseconds afterwards, DsaWork work) {
        Program program =
                Program.of(
                        new Step.Open(DEVICE),
                        new Step.MapDevice(DEVICE, null),
                        new Step.Sleep(afterwards),
                        new Step.Submit(DEVICE, "job", work),
                        new Step.Await("job"));
        return new ProcessSpec(name, Map.of("src", PAGE, "dst", PAGE), Map.of("main", program));
    }

    /**
     * Each copies a part of a page, one process after the other, when all are bound; when all have
     * copied, they end in the same order.
     */
    static ScaledMachine copying(int n) {
        List<ProcessSpec> processes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Map<String, Program> threads = new LinkedHashMap<>();
            threads.put("main", copyOnce(n, i));
            threads.put("other", Program.of(new Step.Sleep(FOR_EVER)));
            processes.add(new ProcessSpec(name(i), Map.of("src", PAGE, "dst", PAGE), threads));
        }
        return new ScaledMachine(machine(), processes, n, List.of(DEVICE + ".records"), 0, true);
    }

    private static Program copyOnce(int n, int number) {
        return Program.of(
                new Step.Open(DEVICE),
                new Step.MapDevice(DEVICE, null),
                new Step.Sleep(setUp(n + number)),
                new Step.Submit(DEVICE, "job", copies(1)),
                new Step.Await("job"),
                new Step.Sleep(setUp(2 * n)),
                new Step.Exit());
    }

    /** Time within which all are bound. */
    private static Picoseconds setUp(int n) {
        return Picoseconds.ofMicros((long) MICROS_EACH * (n + WORKERS));
    }

    private static String name(int number) {
        return "p" + number;
    }

    private static DsaWork copies(int count) {
        return new DsaWork(
                DsaWork.Operation.MEMMOVE,
                "src",
                "dst",
                null,
                ByteSize.ofKiB(1),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                count,
                count == 1 ? null : 1,
                null,
                null,
                null);
    }

    private static MachineConfig machine() {
        QueueConfig queue =
                new QueueConfig(
                        QueueConfig.Mode.SHARED,
                        null,
                        128,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        DsaConfig dsa =
                new DsaConfig(
                        Map.of("wq0", queue),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return new MachineConfig(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(DEVICE, new DeviceConfig("dsa", null, null, dsa)));
    }
}
