package svasim.bench.scale;

import java.util.List;
import java.util.Map;
import svasim.machine.DeviceConfig;
import svasim.machine.MachineConfig;
import svasim.memory.MemoryConfig;
import svasim.models.dmabench.DmaBenchConfig;
import svasim.models.dmabench.DmaBenchWork;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.fabric.RootPortConfig;
import svasim.units.ByteSize;

/**
 * A card that writes to places all over a buffer of 1 TiB, each in a page that comes when the card
 * asks for it.
 */
final class SparseMemory {
    private static final ByteSize SIZE = ByteSize.ofGiB(1024);
    private static final String CARD = "card";
    private static final String BUFFER = "pages";

    private SparseMemory() {}

    static ScaledMachine of(int n) {
        DmaBenchConfig config =
                new DmaBenchConfig(
                        DmaBenchConfig.Addressing.SVA,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        16,
                        null,
                        null,
                        null,
                        null);
        DmaBenchWork work =
                new DmaBenchWork(DmaBenchWork.Operation.WRITE, BUFFER, Integer.MAX_VALUE);
        Program program =
                Program.of(
                        new Step.Open(CARD),
                        new Step.Submit(CARD, "job", work),
                        new Step.Await("job"));
        MemoryConfig memory = new MemoryConfig(null, SIZE, null, null, null, null, null);
        MachineConfig machine =
                new MachineConfig(
                        null,
                        null,
                        memory,
                        null,
                        null,
                        Map.of("rp0", new RootPortConfig()),
                        null,
                        Map.of(CARD, new DeviceConfig("dma-bench", "rp0", null, config)));
        Map<String, Buffer> buffers = Map.of(BUFFER, new Buffer(SIZE, Buffer.Fill.NONE));
        return new ScaledMachine(
                machine,
                List.of(new ProcessSpec("host", buffers, Map.of("main", program))),
                1,
                List.of(Cards.accesses(CARD)),
                n,
                false);
    }
}
