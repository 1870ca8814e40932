package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.memory.MemoryConfig;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.Tlp;
import svasim.stats.Statistics;
import svasim.trace.Trace;
import svasim.units.Picoseconds;

/** Cache lines of posted writes: alone, and in a port. */
class WriteBufferTest {
    private static final long HOLD_PS = 100_000;
    private static final int LIMIT = 65;
    private static final String RESIDENCY = "rp0.write.residency.ps";
    private static final int MOST_SLOTS = 64;

    private final Kernel kernel = new Kernel();
    private final Statistics statistics = new Statistics();
    private int told;
    private final WriteBuffer buffer = buffer(HOLD_PS);

    private WriteBuffer buffer(long holdPs) {
        Host host =
                new Host(
                        kernel,
                        new Trace(kernel),
                        statistics,
                        new PhysicalMemory(0, 1 << 20),
                        new MemoryTiming(MemoryConfig.defaults()),
                        (address, data, nowPs) -> {});
        var config = new WriteBufferConfig(LIMIT, new Picoseconds(holdPs));
        return new WriteBuffer(config, MOST_SLOTS, "rp0", host, () -> told++);
    }

    private static Tlp.MemoryWrite write(long address, int bytes) {
        return Packet.write(address, new byte[bytes], null);
    }

    private void runTo(long timePs) {
        kernel.at(timePs, (nowPs, kind, data) -> {}, 0, 0);
        kernel.run(timePs, Long.MAX_VALUE);
    }

    /** Fills all but one line. */
    private Tlp.MemoryWrite fill() {
        Tlp.MemoryWrite large = write(0, 4096);
        buffer.enter(0, large, 0);
        return large;
    }

    @Test
    void shouldCountLinesThatAWriteTouches() {
        fill();

        assertTrue(buffer.hasRoom(write(0x40, 64)));
        assertTrue(buffer.hasRoom(write(0x3C, 4)), "the end of a line");
        assertFalse(buffer.hasRoom(write(0x3C, 8)), "the end of a line and the next");
        assertFalse(buffer.hasRoom(write(0x40, 68)));
    }

    @Test
    void shouldKeepLinesForTheHoldTimeAfterMemoryHasTheWrite() {
        Tlp.MemoryWrite large = fill();
        runTo(50_000);
        buffer.carriedOut(0, large, kernel.nowPs());

        runTo(50_000 + HOLD_PS - 1);
        assertFalse(buffer.hasRoom(large));
        assertEquals(0, told);
        runTo(50_000 + HOLD_PS);
        assertTrue(buffer.hasRoom(large));
        assertEquals(1, told);
        assertEquals(50_000 + HOLD_PS, statistics.latencies().get(RESIDENCY).getMaxValue(), 100);
    }

    /** 64 lines for 150 ns, nothing for 50 ns, a line for 100 ns. */
    @Test
    void shouldAverageLinesOverTime() {
        Tlp.MemoryWrite large = fill();
        runTo(50_000);
        buffer.carriedOut(0, large, kernel.nowPs());
        runTo(200_000);
        Tlp.MemoryWrite small = write(0, 4);
        buffer.enter(0, small, kernel.nowPs());
        buffer.carriedOut(0, small, kernel.nowPs());
        runTo(300_000);

        assertEquals(
                Math.round((64 * 150 + 100) / 300.0),
                statistics.counters().get("rp0.write.lines").value());
        assertEquals(64, statistics.counters().get("rp0.write.lines.most").value());
    }

    @Test
    void shouldRefuseABufferThatTheLargestWriteDoesNotFitInto() {
        assertThrows(IllegalArgumentException.class, () -> new WriteBufferConfig(64, null));
    }

    private static RootComplexConfig limited() {
        var lines = new WriteBufferConfig(LIMIT, new Picoseconds(HOLD_PS));
        return new RootComplexConfig(
                null, null, null, null, null, null, null, null, null, lines, null, null, null);
    }

    @Test
    void shouldLeaveWritesOnTheLinkWhenTheirLinesAreUsedUp() {
        FabricRig rig = new FabricRig(limited(), new RootPortConfig(), true);
        rig.answerMyself = true;
        for (int i = 0; i < 18; i++) {
            rig.send(write(0x1000 + 256 * i, 256));
        }
        rig.run();
        assertEquals(16, rig.questions.size(), "of four lines each");

        rig.question(0).translated(0x1000);
        rig.run();
        assertEquals(17, rig.questions.size());
    }

    @Test
    void shouldFreeTheLinesOfWritesThatAreRefused() {
        FabricRig rig = new FabricRig(limited(), new RootPortConfig(), true);
        rig.answerMyself = true;
        for (int i = 0; i < 18; i++) {
            rig.send(write(0x1000 + 256 * i, 256));
        }
        rig.run();
        rig.question(0).refused(CompletionStatus.UNSUPPORTED_REQUEST);
        rig.question(1).refused(CompletionStatus.UNSUPPORTED_REQUEST);
        rig.run();

        assertEquals(18, rig.questions.size());
    }

    @Test
    void shouldLetReadsPassAFullBuffer() {
        FabricRig rig = new FabricRig(limited(), new RootPortConfig(), true);
        rig.answerMyself = true;
        for (int i = 0; i < 16; i++) {
            rig.send(write(0x1000 + 256 * i, 256));
        }
        rig.send(Packet.read(1, 0x9000, 64));
        rig.run();

        assertEquals(17, rig.questions.size());
    }
}
