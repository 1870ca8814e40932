package svasim.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** When hardware sees what software has stored. */
class StoreBufferTest {
    private static final long LATE_PS = 500_000;
    private static final int LATE = 1;

    private Kernel kernel;
    private PhysicalMemory memory;
    private Cores cores;
    private Frames frames;
    private long table;
    private long data;

    /** The first stores are late, as many as are named. */
    private Core core(Architecture architecture, int... late) {
        Choices choices =
                (site, n, lane, options) ->
                        site.name().equals("cpu.store") && n < late.length ? late[(int) n] : 0;
        kernel = new Kernel(0, choices);
        Trace trace = new Trace(kernel);
        memory = new PhysicalMemory();
        frames = new Frames(memory, 1 << 20, trace);
        table = frames.allocate(FrameUse.IOMMU_TABLE, 1);
        data = frames.allocate(FrameUse.PAGE, 1);
        var parts =
                new CpuSurroundings(
                        kernel, trace, new Statistics(), memory, frames, RegisterWindows.NOBODY);
        cores = new Cores(CpuConfig.defaults().withArchitecture(architecture), parts);
        return cores.get(0);
    }

    private long seen(int word) {
        return memory.readLong(table + word * 8L);
    }

    @Test
    void shouldShowStoresAtOnceInPlainRun() {
        Core core = core(Architecture.X86_64);

        core.store(table, 1);

        assertEquals(1, seen(0));
    }

    @Test
    void shouldShowLateStoreToHardwareLaterAndToSoftwareAtOnce() {
        Core core = core(Architecture.X86_64, LATE);

        core.store(table, 1);

        assertEquals(0, seen(0));
        assertEquals(1, core.load(table));
        assertEquals(1, cores.get(1).load(table));
        kernel.run(LATE_PS - 1, Long.MAX_VALUE);
        assertEquals(0, seen(0));
        kernel.run(LATE_PS, Long.MAX_VALUE);
        assertEquals(1, seen(0));
    }

    @Test
    void shouldKeepOrderOfStoresOnX86() {
        Core core = core(Architecture.X86_64, LATE, 0);

        core.store(table, 1);
        core.store(table + 8, 2);

        assertEquals(0, seen(1), "behind the late one");
        kernel.runUntilQuiet();
        assertEquals(2, seen(1));
    }

    @Test
    void shouldLetStoresPassEachOtherOnArm() {
        Core core = core(Architecture.AARCH64, LATE, 0);

        core.store(table, 1);
        core.store(table + 8, 2);

        assertEquals(0, seen(0));
        assertEquals(2, seen(1));
    }

    @Test
    void shouldKeepOrderAcrossStoreBarrierOnArm() {
        Core core = core(Architecture.AARCH64, LATE, 0);

        core.store(table, 1);
        core.storeBarrier();
        core.store(table + 8, 2);

        assertEquals(0, seen(1));
        kernel.runUntilQuiet();
        assertEquals(2, seen(1));
    }

    @Test
    void shouldKeepOrderOfStoresToOneWord() {
        Core core = core(Architecture.AARCH64, LATE, 0);

        core.store(table, 1);
        core.store(table, 2);

        assertEquals(2, core.load(table));
        kernel.runUntilQuiet();
        assertEquals(2, seen(0));
    }

    @Test
    void shouldShowEverythingBehindFullBarrier() {
        Core core = core(Architecture.AARCH64, LATE, 2);
        core.store(table, 1);
        core.store(table + 8, 2);

        core.fullBarrier();

        assertEquals(1, seen(0));
        assertEquals(2, seen(1));
    }

    @Test
    void shouldShowStoresBeforeRegisterWriteAtomicAndContextSwitch() {
        Core core = core(Architecture.X86_64, LATE, LATE, LATE);

        core.store(table, 1);
        core.writeMmio(0x1000, 4, 0);
        assertEquals(1, seen(0));
        core.store(table, 2);
        core.compareAndSwap(table + 8, 0, 5);
        assertEquals(2, seen(0));
        assertEquals(5, seen(1));
        core.store(table, 3);
        core.save(new ExtendedState());
        assertEquals(3, seen(0));
    }

    @Test
    void shouldNotLetLateStoreOverwriteThatOfAnotherCore() {
        Core core = core(Architecture.X86_64, LATE, 0);

        core.store(table, 1);
        cores.get(1).store(table, 2);
        kernel.runUntilQuiet();

        assertEquals(2, seen(0));
    }

    @Test
    void shouldAskOnlyAboutWhatHardwareReadsAsStructure() {
        Core core = core(Architecture.X86_64, LATE);

        core.store(data, 7);

        assertEquals(7, memory.readLong(data));
    }

    @Test
    void shouldAskOfTheFirstWordsOfAStepOnly() {
        Core core = core(Architecture.AARCH64, 0, 0, 0, 0, 0, 0, 0, LATE, LATE);

        for (int word = 0; word < 16; word++) {
            core.store(table + word * 8L, 1);
        }

        assertEquals(0, seen(7));
        for (int word = 8; word < 16; word++) {
            assertEquals(1, seen(word));
        }
    }

    @Test
    void shouldAskAnewInTheNextStep() {
        Core core = core(Architecture.AARCH64, 0, 0, 0, 0, 0, 0, 0, 0, LATE);

        for (int word = 0; word < 8; word++) {
            core.store(table + word * 8L, 1);
        }
        kernel.at(1, (nowPs, kind, data) -> core.store(table + 64, 1), 0, 0);
        kernel.run(1, Long.MAX_VALUE);

        assertEquals(0, seen(8));
    }

    @Test
    void shouldNotAskOfQueuesThatHardwareReadsWhenItIsTold() {
        Core core = core(Architecture.X86_64, LATE);
        long queue = frames.allocate(FrameUse.QUEUE, 1);

        core.store(queue, 1);

        assertEquals(1, memory.readLong(queue));
    }

    @Test
    void shouldHoldStoresUntilTheyAreReleased() {
        Core core = core(Architecture.X86_64);
        core.holdStores(true);
        core.store(table, 1);
        core.holdStores(false);
        core.store(table + 8, 2);
        kernel.runUntilQuiet();

        assertEquals(0, seen(0));
        assertEquals(0, seen(1), "stores leave in their order");
        core.releaseStores();
        assertEquals(1, seen(0));
        assertEquals(2, seen(1));
    }

    @Test
    void shouldLetLaterStoresPassHeldOnesOnArm() {
        Core core = core(Architecture.AARCH64);
        core.holdStores(true);
        core.store(table, 1);
        core.holdStores(false);
        core.store(table + 8, 2);

        assertEquals(0, seen(0));
        assertEquals(2, seen(1));
    }

    @Test
    void shouldNotHoldStoresBeyondABarrier() {
        Core core = core(Architecture.X86_64);
        core.holdStores(true);
        core.store(table, 1);
        core.fullBarrier();

        assertEquals(1, seen(0));
    }
}
