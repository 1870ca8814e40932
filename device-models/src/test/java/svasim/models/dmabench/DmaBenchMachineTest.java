package svasim.models.dmabench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.device.load.Arrivals;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.pcie.fabric.RootPortConfig;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** The card and its driver in a whole machine: what an IOMMU costs a random read. */
class DmaBenchMachineTest {
    private static final int SAMPLES = 4000;
    private static final ByteSize SMALL_LEAF = ByteSize.ofKiB(4);
    private static final ByteSize LARGE_LEAF = ByteSize.ofKiB(2048);

    /** Pages of the largest window: more than any translation cache of the unit holds. */
    private static final ByteSize LARGE_WINDOW = ByteSize.ofKiB(16 << 10);

    @Test
    void shouldTakeTheSameTimeInEveryWindowWithoutAnIommu() {
        double small = mean(IommuConfig.Unit.NONE, ByteSize.ofKiB(8), SMALL_LEAF);
        double large = mean(IommuConfig.Unit.NONE, LARGE_WINDOW, SMALL_LEAF);

        assertEquals(small, large, small / 100);
    }

    /** Out of reset, until a driver sets them up, these units pass addresses unchanged. */
    @ParameterizedTest
    @EnumSource(names = {"SMMUV2", "VIRTIO"})
    void shouldReachMemoryThroughAUnitOutOfReset(IommuConfig.Unit unit) {
        double without = mean(IommuConfig.Unit.NONE, ByteSize.ofKiB(8), SMALL_LEAF);
        double through = mean(unit, ByteSize.ofKiB(8), SMALL_LEAF);

        assertTrue(through > without, without + " ps without, " + through + " ps through it");
    }

    @Test
    void shouldPayForWalksWhenTheWindowIsLargerThanTheTranslationCache() {
        double small = mean(IommuConfig.Unit.VTD, ByteSize.ofKiB(64), SMALL_LEAF);
        double large = mean(IommuConfig.Unit.VTD, LARGE_WINDOW, SMALL_LEAF);

        assertTrue(large > small + 50_000, small + " ps small, " + large + " ps large");
    }

    @Test
    void shouldPayForNoWalksWithLargeLeaves() {
        double small = mean(IommuConfig.Unit.VTD, LARGE_LEAF, LARGE_LEAF);
        double large = mean(IommuConfig.Unit.VTD, LARGE_WINDOW, LARGE_LEAF);

        assertEquals(small, large, small / 100);
    }

    @Test
    void shouldGiveEveryFrameOfTheWindowBack() {
        Machine machine = run(IommuConfig.Unit.VTD, LARGE_WINDOW, SMALL_LEAF);

        assertTrue(machine.hardware().frames().allocated() < 200);
        assertEquals(List.of(), machine.waitingFor());
        assertEquals(List.of(), machine.violations());
    }

    /** A measurement takes some 130 us: one every 50 us waits for those before it. */
    @Test
    void shouldCountTheLatencyOfMeasurementsFromWhenTheyWereMeantToCome() {
        DmaBenchWork work =
                new DmaBenchWork(
                        DmaBenchWork.Operation.READ,
                        null,
                        200,
                        6,
                        Arrivals.Process.POISSON,
                        Picoseconds.ofMicros(50),
                        null);

        Machine machine = run(IommuConfig.Unit.VTD, ByteSize.ofKiB(64), SMALL_LEAF, work);

        var statistics = machine.hardware().statistics();
        assertEquals(6, statistics.counters().get("card.load.ended").value());
        assertEquals(0, statistics.counters().get("card.load.failed").value());
        assertEquals(6 * 200, statistics.latencies().get("card.read.latency.ps").getTotalCount());
        double waited = statistics.latencies().get("card.load.latency.ps").getMean();
        double served = statistics.latencies().get("card.load.service.ps").getMean();
        assertTrue(waited > 2 * served, waited + " ps waited, " + served + " ps served");
    }

    private static double mean(IommuConfig.Unit unit, ByteSize window, ByteSize leaf) {
        Machine machine = run(unit, window, leaf);
        Histogram latency = machine.hardware().statistics().latencies().get("card.read.latency.ps");
        assertEquals(SAMPLES, latency.getTotalCount());
        return latency.getMean();
    }

    private static Machine run(IommuConfig.Unit unit, ByteSize window, ByteSize leaf) {
        DmaBenchWork work = new DmaBenchWork(DmaBenchWork.Operation.READ, null, SAMPLES);
        return run(unit, window, leaf, work);
    }

    private static Machine run(
            IommuConfig.Unit unit, ByteSize window, ByteSize leaf, DmaBenchWork work) {
        DmaBenchConfig config =
                new DmaBenchConfig(
                        null, null, null, window, null, null, leaf, null, null, null, null, null,
                        null);
        MachineConfig hardware =
                new MachineConfig(
                        null,
                        null,
                        null,
                        null,
                        IommuConfig.of(unit),
                        Map.of("rp0", new RootPortConfig()),
                        null,
                        Map.of("card", new DeviceConfig("dma-bench", "rp0", null, config)));
        Program program =
                Program.of(
                        new Step.Open("card"),
                        new Step.Submit("card", "job", work),
                        new Step.Await("job"));
        ProcessSpec host = new ProcessSpec("host", Map.of(), Map.of("main", program));
        Machine machine =
                new Machine(
                        new Machine.Plan(
                                hardware, OsConfig.defaults(), Defects.NONE, List.of(host)),
                        1,
                        Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 50_000_000));
        assertEquals(List.of(), machine.os().process("host").failures());
        return machine;
    }
}
