package svasim.bench.scale;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.machine.DeviceConfig;
import svasim.models.dmabench.DmaBenchConfig;
import svasim.models.dmabench.DmaBenchWork;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.pcie.endpoint.VirtualFunctionsConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Cards without ATS that read 256 bytes at a time from 64 pages of a process, without end. */
final class Cards {
    private static final String BUFFER = "pages";
    private static final ByteSize READ = new ByteSize(256);
    private static final ByteSize WINDOW = ByteSize.ofKiB(4 * 64);

    /** Long enough that links and memory never have a queue, however many cards there are. */
    private static final long NANOS_BETWEEN = 250;

    private Cards() {}

    /** Counter of a card's accesses. */
    static String accesses(String card) {
        return card + ".accesses";
    }

    /**
     * A physical function.
     *
     * @param virtual functions that it can have besides
     * @param all cards of the machine, which share its bandwidth
     */
    static DeviceConfig physical(String port, int virtual, int all) {
        VirtualFunctionsConfig virtualFunctions =
                virtual == 0 ? null : new VirtualFunctionsConfig(virtual, null, null);
        return new DeviceConfig("dma-bench", port, virtualFunctions, null, endpoint(), config(all));
    }

    static DeviceConfig virtual(String physical, int all) {
        return new DeviceConfig("dma-bench", null, null, physical, endpoint(), config(all));
    }

    private static EndpointConfig endpoint() {
        return new EndpointConfig(
                null,
                EndpointConfig.Ats.present(false),
                EndpointConfig.Pri.present(false),
                null,
                null);
    }

    private static DmaBenchConfig config(int all) {
        return new DmaBenchConfig(
                DmaBenchConfig.Addressing.PINNED_SVA,
                null,
                null,
                null,
                null,
                null,
                null,
                READ,
                1,
                null,
                Picoseconds.ofNanos(NANOS_BETWEEN * all),
                null,
                null);
    }

    /** A process whose threads have one card each. */
    static ProcessSpec process(String name, Iterable<String> cards) {
        DmaBenchWork work =
                new DmaBenchWork(DmaBenchWork.Operation.READ, BUFFER, Integer.MAX_VALUE);
        Map<String, Program> threads = new LinkedHashMap<>();
        for (String card : cards) {
            threads.put(
                    card,
                    Program.of(
                            new Step.Open(card),
                            new Step.Submit(card, card, work),
                            new Step.Await(card)));
        }
        return new ProcessSpec(name, Map.of(BUFFER, new Buffer(WINDOW, Buffer.Fill.NONE)), threads);
    }
}
