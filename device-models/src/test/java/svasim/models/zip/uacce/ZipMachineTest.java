package svasim.models.zip.uacce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import svasim.device.load.Arrivals;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.IommuConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.zip.config.ZipConfig;
import svasim.models.zip.config.ZipWork;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Retry;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Engine, driver and library in a whole machine below an SMMU that stalls. */
class ZipMachineTest {
    private static final ByteSize SIZE = ByteSize.ofKiB(64);
    private static final ByteSize BLOCK = ByteSize.ofKiB(8);

    @Test
    void shouldWorkThroughStallsBlockByBlock() {
        Machine machine = run(new ZipConfig(), process("app", pack(4), unpack(4)));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(2 * SIZE.bytes() / BLOCK.bytes(), count(machine, "zip0.entries"));
        assertEquals(0, count(machine, "zip0.job.failed"));
        assertTrue(count(machine, "iommu0.eventq.recorded") > 0);
        assertEquals(List.of(), machine.violations());
        assertEquals(List.of(), machine.waitingFor());
    }

    @Test
    void shouldRefuseAFileWhenItHasNoQueuePairsLeft() {
        ZipConfig two = new ZipConfig(3, null, null, null, null);

        Machine machine =
                run(
                        two,
                        process("one", pack(1), new Step.Sleep(Picoseconds.ofMicros(500))),
                        process("other", pack(1), new Step.Sleep(Picoseconds.ofMicros(500))));

        int refused =
                machine.os().process("one").failures().size()
                        + machine.os().process("other").failures().size();
        assertTrue(refused > 0);
        assertEquals(List.of(), machine.violations());
    }

    @Test
    void shouldTakeLessTimeInLargerBatches() {
        double single = latency(run(new ZipConfig(), process("app", pack(1))));
        double batched = latency(run(new ZipConfig(), process("app", pack(8))));

        assertTrue(batched < single, batched + " ps batched, " + single + " ps one by one");
    }

    /** Each piece is a batch of eight blocks; the entries of several share the ring. */
    @Test
    void shouldServeSeveralJobsOfAQueueAtOnce() {
        Machine one = run(new ZipConfig(), process("app", packs(12, 1, null, null), unpack(4)));
        Machine four = run(new ZipConfig(), process("app", packs(12, 4, null, null), unpack(4)));

        for (Machine machine : List.of(one, four)) {
            assertEquals(List.of(), machine.os().process("app").failures());
            assertEquals(12, count(machine, "zip0.load.ended"));
            assertEquals(0, count(machine, "zip0.load.failed"));
            assertEquals(List.of(), machine.violations());
        }
        long slow = count(one, "zip0.load.rate.hz");
        long fast = count(four, "zip0.load.rate.hz");
        assertTrue(fast > 3 * slow / 2, fast + " against " + slow + " a second");
    }

    /**
     * Sixteen entries, of which fifteen may be used: two batches of six do not fit with a third.
     */
    @Test
    void shouldWaitForRoomInARingThatIsSmallerThanItsJobs() {
        ZipConfig small = new ZipConfig(null, 16, null, null, null);

        Machine machine = run(small, process("app", packs(20, 9, null, null), unpack(5)));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals(20, count(machine, "zip0.load.ended"));
        assertEquals(0, count(machine, "zip0.load.failed"));
        assertEquals(List.of(), machine.waitingFor());
    }

    @Test
    void shouldCountTheLatencyFromTheIntendedArrival() {
        Step tooFast = packs(40, null, Arrivals.Process.FIXED, 5L);

        Machine machine = run(new ZipConfig(), process("app", tooFast));

        var latencies = machine.hardware().statistics().latencies();
        double waited = latencies.get("zip0.load.latency.ps").getMean();
        double served = latencies.get("zip0.load.service.ps").getMean();
        assertEquals(40, count(machine, "zip0.load.ended"));
        assertTrue(waited > served, waited + " ps waited, " + served + " ps served");
    }

    @Test
    void shouldEndWhenItsProcessIsKilledWithRequestsStalled() {
        ProcessSpec app = process("app", pack(8));
        ProcessSpec killer =
                new ProcessSpec(
                        "killer",
                        Map.of(),
                        Map.of(
                                "main",
                                Program.of(
                                        new Step.Sleep(Picoseconds.ofMicros(75)),
                                        new Step.Kill("app"))));

        Machine machine = run(new ZipConfig(), app, killer);

        assertEquals(List.of(), machine.violations());
        assertEquals(List.of(), machine.waitingFor());
    }

    private static long count(Machine machine, String name) {
        return machine.hardware().statistics().counters().get(name).value();
    }

    private static double latency(Machine machine) {
        return machine.hardware().statistics().latencies().get("zip0.job.latency.ps").getMean();
    }

    private static Step pack(int batch) {
        return submit("pack", ZipWork.Operation.COMPRESS, "text", "packed", batch);
    }

    private static Step unpack(int batch) {
        return submit("unpack", ZipWork.Operation.DECOMPRESS, "packed", "back", batch);
    }

    private static Step submit(
            String job, ZipWork.Operation op, String from, String into, int batch) {
        return new Step.Submit(
                "zip0", job, work(op, from, into, batch, null, null, null, null), Retry.ofKernel());
    }

    private static ZipWork work(
            ZipWork.Operation op,
            String from,
            String into,
            int batch,
            Integer count,
            Integer depth,
            Arrivals.Process arrivals,
            Picoseconds interval) {
        return new ZipWork(
                op, from, into, BLOCK, batch, null, count, depth, arrivals, interval, null);
    }

    private static Step packs(int count, Integer depth, Arrivals.Process arrivals, Long everyUs) {
        Picoseconds interval = everyUs == null ? null : Picoseconds.ofMicros(everyUs);
        ZipWork work =
                work(
                        ZipWork.Operation.COMPRESS,
                        "text",
                        "packed",
                        8,
                        count,
                        depth,
                        arrivals,
                        interval);
        return new Step.Submit("zip0", "packs", work, Retry.ofKernel());
    }

    private static ProcessSpec process(String name, Step... work) {
        Step[] steps = new Step[2 * work.length + 1];
        steps[0] = new Step.Open("zip0", false);
        for (int i = 0; i < work.length; i++) {
            steps[2 * i + 1] = work[i];
            steps[2 * i + 2] =
                    work[i] instanceof Step.Submit submit
                            ? new Step.Await(submit.as())
                            : new Step.Compute(Picoseconds.ofNanos(1));
        }
        return new ProcessSpec(
                name,
                new TreeMap<>(
                        Map.of(
                                "text", new Buffer(SIZE, Buffer.Fill.COUNTING),
                                "packed", new Buffer(SIZE, Buffer.Fill.NONE),
                                "back", new Buffer(SIZE, Buffer.Fill.NONE))),
                Map.of("main", Program.of(steps)));
    }

    private static Machine run(ZipConfig config, ProcessSpec... processes) {
        MachineConfig hardware =
                new MachineConfig(
                        null,
                        null,
                        null,
                        null,
                        IommuConfig.of(IommuConfig.Unit.SMMUV3),
                        Map.of(),
                        null,
                        Map.of("zip0", new DeviceConfig("zip", null, null, config)));
        Machine machine =
                new Machine(
                        new Machine.Plan(
                                hardware, OsConfig.defaults(), Defects.NONE, List.of(processes)),
                        1,
                        Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 50_000_000));
        return machine;
    }
}
