package svasim.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.BroadcastListener;
import svasim.iommu.core.BroadcastTlbi;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Shoot-down, interrupts, and what accesses of a core do. */
class CoresTest {
    private static final CpuConfig CONFIG = CpuConfig.defaults();
    private static final long IPI_PS = CONFIG.ipi().value();
    private static final long INTERRUPT_PS = CONFIG.interrupt().value();
    private static final long VA = 0x1000;

    private Kernel kernel;
    private Trace trace;
    private PhysicalMemory memory;
    private Frames frames;
    private RegisterWindows windows;
    private Cores cores;

    @BeforeEach
    void plainMachine() {
        use(Choices.PLAIN);
    }

    private void use(Choices choices) {
        use(choices, CONFIG);
    }

    private void use(Choices choices, CpuConfig config) {
        kernel = new Kernel(0, choices);
        trace = new Trace(kernel);
        memory = new PhysicalMemory();
        frames = new Frames(memory, 1 << 20, trace);
        windows = new RegisterWindows(RegisterWindows.NOBODY);
        cores =
                new Cores(
                        config,
                        new CpuSurroundings(
                                kernel, trace, new Statistics(), memory, frames, windows));
    }

    private void loadEverywhere() {
        for (int i = 0; i < cores.count(); i++) {
            cores.get(i).loadSpace(1);
            cores.get(i).tlb().fill(VA, 0x8000, Access.READ);
        }
    }

    private long lookup(int core) {
        return cores.get(core).tlb().lookup(VA, Access.READ);
    }

    @Test
    void shouldClearOwnTlbAtOnceAndOthersAfterInterrupt() {
        loadEverywhere();

        ShootDown shootDown = cores.shootDown(cores.get(0), 1, VA, VA + 4096);

        assertEquals(Tlb.MISS, lookup(0));
        kernel.run(IPI_PS - 1, Long.MAX_VALUE);
        assertEquals(0x8000, lookup(1));
        assertFalse(shootDown.isDone());
        kernel.run(IPI_PS, Long.MAX_VALUE);
        assertEquals(Tlb.MISS, lookup(1));
        assertTrue(shootDown.isDone());
    }

    @Test
    void shouldNotDisturbCoresThatRunOtherAddressSpaces() {
        loadEverywhere();
        cores.get(1).loadSpace(2);
        cores.get(2).loadSpace(2);
        cores.get(3).loadSpace(2);

        assertTrue(cores.shootDown(cores.get(0), 1, VA, VA + 4096).isDone());
    }

    @Test
    void shouldWaitForLateCore() {
        use((site, n, lane, options) -> site.name().equals("cpu.ipi") && n == 0 ? options - 1 : 0);
        loadEverywhere();

        ShootDown shootDown = cores.shootDown(cores.get(0), 1, VA, VA + 4096);

        kernel.run(IPI_PS, Long.MAX_VALUE);
        assertFalse(shootDown.isDone());
        kernel.runUntilQuiet();
        assertTrue(shootDown.isDone());
    }

    @Test
    void shouldDropTranslationsOfFormerAddressSpace() {
        loadEverywhere();
        cores.get(0).loadSpace(2);

        assertEquals(Tlb.MISS, lookup(0));
    }

    @Test
    void shouldLengthenInterruptedStepByHandler() {
        loadEverywhere();
        cores.shootDown(cores.get(0), 1, VA, VA + 4096);
        kernel.runUntilQuiet();

        assertEquals(CONFIG.interruptHandler().value(), cores.get(1).takeSpentPs());
        assertEquals(0, cores.get(1).takeSpentPs());
    }

    @Test
    void shouldNotInterruptArmCoresForTlbMaintenance() {
        use(Choices.PLAIN, CONFIG.withArchitecture(Architecture.AARCH64));
        loadEverywhere();

        ShootDown shootDown = cores.shootDown(cores.get(0), 1, VA, VA + 4096);
        kernel.runUntilQuiet();

        assertTrue(shootDown.isDone());
        assertEquals(Tlb.MISS, lookup(1));
        assertEquals(0, cores.get(1).takeSpentPs());
    }

    private static final class Listener implements BroadcastListener {
        private final List<BroadcastTlbi> heard = new ArrayList<>();
        private boolean complete;

        @Override
        public void broadcast(BroadcastTlbi operation) {
            heard.add(operation);
        }

        @Override
        public boolean broadcastsComplete() {
            return complete;
        }
    }

    private Listener listener(Architecture architecture) {
        use(Choices.PLAIN, CONFIG.withArchitecture(architecture));
        Listener listener = new Listener();
        cores.addListener(listener);
        return listener;
    }

    @Test
    void shouldBroadcastToUnitsThatListenAndWaitForThem() {
        Listener unit = listener(Architecture.AARCH64);

        ShootDown shootDown = cores.shootDown(cores.get(0), 1, VA, VA + 8192);

        assertEquals(
                List.of(
                        new BroadcastTlbi(
                                BroadcastTlbi.Operation.VA, 0, Cores.asid(1), VA, 8192, false)),
                unit.heard);
        kernel.runUntilQuiet();
        assertFalse(shootDown.isDone());
        unit.complete = true;
        assertTrue(shootDown.isDone());
    }

    @Test
    void shouldBroadcastTheAsidOfAWholeAddressSpace() {
        Listener unit = listener(Architecture.AARCH64);

        cores.shootDown(cores.get(0), 7, 0, Long.MAX_VALUE);

        assertEquals(
                List.of(BroadcastTlbi.of(BroadcastTlbi.Operation.ASID, 0, Cores.asid(7))),
                unit.heard);
    }

    @Test
    void shouldBroadcastNothingFromCoresThatSendInterrupts() {
        Listener unit = listener(Architecture.X86_64);
        unit.complete = true;

        assertTrue(cores.shootDown(cores.get(0), 1, VA, VA + 4096).isDone());
        assertTrue(unit.heard.isEmpty());
    }

    @Test
    void shouldDeliverMessageAfterLatencyAndMergeThoseBefore() {
        Interrupts interrupts = new Interrupts(kernel, trace, cores);
        List<Long> times = new ArrayList<>();
        Interrupts.Message message = interrupts.allocate("line", 1, times::add);

        interrupts.message(message.address(), message.data(), 0);
        interrupts.message(message.address(), message.data(), 1);
        kernel.runUntilQuiet();
        interrupts.message(message.address(), message.data(), kernel.nowPs());
        kernel.runUntilQuiet();

        assertEquals(List.of(INTERRUPT_PS, 2 * INTERRUPT_PS), times);
    }

    @Test
    void shouldIgnoreMessageWithUnknownVectorOrCore() {
        Interrupts interrupts = new Interrupts(kernel, trace, cores);
        List<Long> times = new ArrayList<>();
        Interrupts.Message message = interrupts.allocate("line", 1, times::add);

        interrupts.message(message.address(), message.data() + 1, 0);
        interrupts.message(message.address() ^ 1 << 12, message.data(), 0);
        kernel.runUntilQuiet();

        assertEquals(List.of(), times);
    }

    @Test
    void shouldGiveVectorsOfTheNextCoreWhenOneHasNoneLeft() {
        Interrupts interrupts = new Interrupts(kernel, trace, cores);
        int vectors = 0x100 - 0x30;
        List<Integer> heard = new ArrayList<>();
        List<Interrupts.Message> messages = new ArrayList<>();
        for (int i = 0; i < vectors * cores.count(); i++) {
            int line = i;
            messages.add(interrupts.allocate("line " + i, 0, nowPs -> heard.add(line)));
        }

        messages.forEach(message -> interrupts.message(message.address(), message.data(), 0));
        kernel.runUntilQuiet();

        assertEquals(vectors * cores.count(), new HashSet<>(messages).size());
        assertEquals(vectors * cores.count(), new HashSet<>(heard).size());
        assertThrows(
                IllegalStateException.class, () -> interrupts.allocate("one more", 0, n -> {}));
    }

    @Test
    void shouldDeliverWiresByTheirNumber() {
        Interrupts interrupts = new Interrupts(kernel, trace, cores);
        List<Integer> heard = new ArrayList<>();
        interrupts.allocate("vector", 0, nowPs -> heard.add(-1));
        interrupts.connect(0x30, "wire 48", 0, nowPs -> heard.add(0x30));
        interrupts.connect(1, "wire 1", 1, nowPs -> heard.add(1));

        interrupts.message(0, 1, 0);
        interrupts.message(0, 0x30, 0);
        interrupts.message(0, 2, 0);
        kernel.runUntilQuiet();

        assertEquals(List.of(1, 0x30), heard);
    }

    @Test
    void shouldTellStoresIntoTablesOnly() {
        List<Long> told = new ArrayList<>();
        trace.add(new TableWrites(told));
        long table = frames.allocate(FrameUse.PAGE_TABLE, 1);
        long page = frames.allocate(FrameUse.PAGE, 1);

        cores.get(0).store(table, 5);
        cores.get(0).store(page, 6);

        assertEquals(List.of(table, 0L, 5L), told);
        assertEquals(6, memory.readLong(page));
    }

    @Test
    void shouldSwapOnlyIfWordIsAsExpected() {
        long page = frames.allocate(FrameUse.PAGE, 1);
        cores.get(0).store(page, 1);

        assertFalse(cores.get(0).compareAndSwap(page, 2, 3));
        assertTrue(cores.get(0).compareAndSwap(page, 1, 3));
        assertEquals(3, cores.get(0).load(page));
    }

    @Test
    void shouldRouteRegistersByAddress() {
        List<String> seen = new ArrayList<>();
        windows.add(0x1000, 0x100, new LoggedRegisters(seen));

        cores.get(0).writeMmio(0x1008, 4, 0xFFFF_FFFF_0000_0007L);
        assertEquals(0x10, cores.get(0).readMmio(0x1010, 8));
        assertEquals(-1, cores.get(0).readMmio(0x1100, 8));

        assertEquals(List.of("8 4 7"), seen);
    }

    private record LoggedRegisters(List<String> seen) implements RegisterWindows.Target {
        @Override
        public long read(long offset, int bytes) {
            return offset;
        }

        @Override
        public void write(long offset, int bytes, long value) {
            seen.add(offset + " " + bytes + " " + value);
        }
    }

    private record TableWrites(List<Long> told) implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.TABLE_WRITTEN;
        }

        @Override
        public void on(
                long id,
                long cause,
                long timePs,
                Kind kind,
                int lane,
                long a,
                long b,
                long c,
                Object subject) {
            told.addAll(List.of(a, b, c));
        }
    }
}
