package svasim.models.dsa.idxd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.dsa.config.DsaWork.Operation.BATCH;
import static svasim.models.dsa.config.DsaWork.Operation.COMPARE;
import static svasim.models.dsa.config.DsaWork.Operation.CRC;
import static svasim.models.dsa.config.DsaWork.Operation.DIF_INSERT;
import static svasim.models.dsa.config.DsaWork.Operation.DIF_STRIP;
import static svasim.models.dsa.config.DsaWork.Operation.FILL;
import static svasim.models.dsa.config.DsaWork.Operation.MEMMOVE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.device.load.Arrivals;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.config.Works;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.file.JobResult;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Programs that hand in batches and loads, in a whole machine. */
class BatchMachineTest {
    private static final ByteSize SIZE = ByteSize.ofKiB(32);
    private static final ByteSize PAGE = ByteSize.ofKiB(4);

    /** The jobs of a program that does one work after the other; they are called job0 and so on. */
    private static Machine run(DsaConfig config, DsaWork... works) {
        List<Step> steps = new ArrayList<>(List.of(new Step.Open("dsa0")));
        for (int i = 0; i < works.length; i++) {
            steps.add(new Step.Submit("dsa0", "job" + i, works[i]));
            steps.add(new Step.Await("job" + i));
        }
        steps.add(new Step.Exit());
        Map<String, Buffer> memory = new LinkedHashMap<>();
        memory.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
        memory.put("dst", new Buffer(SIZE, Buffer.Fill.NONE));
        memory.put("room", new Buffer(SIZE, Buffer.Fill.NONE));
        DeviceConfig device = new DeviceConfig("dsa", null, null, config);
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        ProcessSpec app = new ProcessSpec("app", memory, Map.of("main", new Program(steps)));
        Machine machine =
                new Machine(
                        new Machine.Plan(hardware, OsConfig.defaults(), Defects.NONE, List.of(app)),
                        1,
                        Choices.PLAIN);
        assertEquals(
                Kernel.End.QUIET,
                machine.run(Picoseconds.PER_SECOND, 10_000_000),
                () -> "not quiet: " + machine.waitingFor());
        assertEquals(List.of(), machine.violations());
        assertEquals(0, machine.os().sva().pasidsInUse());
        return machine;
    }

    private static Machine run(DsaWork... works) {
        return run(new DsaConfig(), works);
    }

    private static JobResult result(Machine machine, int job) {
        return machine.os().process("app").job("job" + job).result();
    }

    private static void assertDone(Machine machine, int job, long bytes) {
        assertEquals(new JobResult("success", true, bytes), result(machine, job));
    }

    private static long counter(Machine machine, String name) {
        return machine.hardware().statistics().counters().get("dsa0." + name).value();
    }

    private static DsaWork compared() {
        return Works.of(COMPARE, "from", "src", "second", "dst", "expect", 0);
    }

    private static DsaWork moves(int batch, boolean block) {
        return Works.of(
                MEMMOVE,
                "from",
                "src",
                "into",
                "dst",
                "size",
                PAGE,
                "batch",
                batch,
                "blockOnFault",
                block);
    }

    @Test
    void shouldMoveABufferInABatchOfPages() {
        Machine machine = run(moves(8, true), compared());

        assertDone(machine, 0, SIZE.bytes());
        assertDone(machine, 1, SIZE.bytes());
        assertEquals(0, counter(machine, "job.resumed"));
    }

    /** Each of the destination's pages is missing, so that every member stops at once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldContinueEachMemberThatStoppedAtAMissingPage(boolean shared) {
        DsaConfig config = shared ? Configs.queues(Configs.shared(16, 15)) : new DsaConfig();

        Machine machine = run(config, moves(8, false), compared());

        assertDone(machine, 0, SIZE.bytes());
        assertDone(machine, 1, SIZE.bytes());
        assertEquals(8, counter(machine, "partial"));
    }

    /** 300 descriptors do not fit into one page, nor do their records. */
    @Test
    void shouldHandInAListOfSeveralPages() {
        Machine machine =
                run(
                        Works.of(
                                MEMMOVE,
                                "from",
                                "src",
                                "into",
                                "dst",
                                "size",
                                new ByteSize(100),
                                "batch",
                                300),
                        Works.of(
                                COMPARE,
                                "from",
                                "src",
                                "second",
                                "dst",
                                "size",
                                new ByteSize(30_000),
                                "expect",
                                0));

        assertDone(machine, 0, 30_000);
        assertDone(machine, 1, 30_000);
    }

    private static DsaWork batch(Object... namesAndMembers) {
        Map<String, DsaWork> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMembers.length; i += 2) {
            members.put((String) namesAndMembers[i], (DsaWork) namesAndMembers[i + 1]);
        }
        return Works.of(BATCH, "members", members);
    }

    /** The second member copies what the first has made, which stops at each page. */
    @Test
    void shouldKeepTheOrderOfAFenceWhenMembersBeforeItHaveToBeContinued() {
        DsaWork fill = Works.of(FILL, "into", "dst", "pattern", 7L, "blockOnFault", false);
        DsaWork copy = Works.of(MEMMOVE, "from", "dst", "into", "src", "fence", true);

        Machine machine = run(batch("make", fill, "copy", copy), compared());

        assertDone(machine, 0, 2 * SIZE.bytes());
        assertDone(machine, 1, SIZE.bytes());
        assertTrue(counter(machine, "job.resumed") >= 8);
    }

    @Test
    void shouldLeaveOutWhatStandsBehindAFenceAndTellTheFailureBeforeIt() {
        DsaWork stop = Works.of(FILL, "into", "dst", "blockOnFault", false, "resume", false);
        DsaWork copy = Works.of(MEMMOVE, "from", "dst", "into", "src", "fence", true);
        DsaWork crc = Works.of(CRC, "from", "src", "blockOnFault", false);

        Machine machine = run(batch("crc", crc, "stop", stop, "copy", copy));

        assertEquals("page fault, partly done", result(machine, 0).status());
        assertEquals(SIZE.bytes(), result(machine, 0).bytes());
    }

    @Test
    void shouldMakeADifferentUseOfTheSameListAfterwards() {
        Machine machine =
                run(
                        moves(8, true),
                        Works.of(FILL, "into", "dst", "size", PAGE, "batch", 2),
                        Works.of(
                                COMPARE,
                                "from",
                                "src",
                                "second",
                                "dst",
                                "fromOffset",
                                new ByteSize(8192),
                                "intoOffset",
                                new ByteSize(8192),
                                "size",
                                new ByteSize(24 * 1024),
                                "expect",
                                0));

        assertDone(machine, 1, 8192);
        assertDone(machine, 2, 24 * 1024);
    }

    @Test
    void shouldCheckSumsFromASeedInMemory() {
        Machine machine =
                run(Works.of(CRC, "from", "src", "seedFrom", "room", "blockOnFault", false));

        assertDone(machine, 0, SIZE.bytes());
        assertEquals(1, counter(machine, "job.resumed"));
    }

    @Test
    void shouldFillWithSixteenBytesInTheSecondGenerationOnly() {
        DsaWork fill = Works.of(FILL, "into", "dst", "pattern", 1L, "patternHigh", 2L);

        assertDone(run(Configs.secondGeneration(), fill), 0, SIZE.bytes());
        assertEquals("invalid flags", result(run(fill), 0).status());
    }

    /** Blocks with tuples take more room than those without; each piece goes to its own place. */
    @Test
    void shouldPlaceThePiecesOfALoadBesideEachOther() {
        ByteSize blocks = new ByteSize(4 * 512);
        ByteSize withTuples = new ByteSize(4 * 520);
        DsaWork insert =
                Works.of(
                        DIF_INSERT,
                        "from",
                        "src",
                        "into",
                        "room",
                        "size",
                        blocks,
                        "count",
                        15,
                        "depth",
                        4);
        DsaWork strip =
                Works.of(
                        DIF_STRIP,
                        "from",
                        "room",
                        "into",
                        "dst",
                        "size",
                        withTuples,
                        "count",
                        15,
                        "batch",
                        1);
        DsaWork same =
                Works.of(
                        COMPARE,
                        "from",
                        "src",
                        "second",
                        "dst",
                        "size",
                        new ByteSize(15 * 4 * 512),
                        "expect",
                        0);

        Machine machine = run(insert, strip, same);

        assertDone(machine, 0, 15 * blocks.bytes());
        assertDone(machine, 1, 15 * withTuples.bytes());
        assertDone(machine, 2, 15 * blocks.bytes());
        assertEquals(30, counter(machine, "load.ended"));
    }

    @Test
    void shouldStartAgainAtTheEndOfTheBuffersAndKeepTheStride() {
        Machine machine =
                run(
                        Works.of(
                                MEMMOVE,
                                "from",
                                "src",
                                "into",
                                "dst",
                                "size",
                                new ByteSize(64),
                                "stride",
                                PAGE,
                                "count",
                                40));

        assertDone(machine, 0, 40 * 64);
        assertEquals(8, counter(machine, "pri.requests"));
    }

    @Test
    void shouldServeADeeperLoadFaster() {
        long one = counter(run(moves(8, true), load(1)), "load.rate.hz");
        long eight = counter(run(moves(8, true), load(8)), "load.rate.hz");

        assertTrue(eight > 2 * one, eight + " and " + one);
    }

    private static DsaWork load(int depth) {
        return Works.of(
                MEMMOVE, "from", "src", "into", "dst", "size", PAGE, "count", 64, "depth", depth);
    }

    /** One engine at 1 GB/s needs 4 us for what comes each microsecond. */
    @Test
    void shouldCountTheWaitOfWorkThatComesFasterThanTheDeviceIs() {
        DsaConfig slow = Configs.slow(1_000_000_000L);
        DsaWork open =
                Works.of(
                        MEMMOVE,
                        "from",
                        "src",
                        "into",
                        "dst",
                        "size",
                        PAGE,
                        "count",
                        100,
                        "arrivals",
                        Arrivals.Process.FIXED,
                        "interval",
                        Picoseconds.ofMicros(1));

        Machine machine = run(slow, moves(8, true), open);

        var latencies = machine.hardware().statistics().latencies();
        long latency = latencies.get("dsa0.load.latency.ps").getMaxValue();
        assertEquals(310e6, latency, 31e6);
        assertTrue(latencies.get("dsa0.load.service.ps").getMaxValue() < 180_000_000);
    }

    @Test
    void shouldEndALoadWithItsProcess() {
        List<Step> steps =
                List.of(
                        new Step.Open("dsa0"),
                        new Step.Submit("dsa0", "job", moves(8, true)),
                        new Step.Exit());
        DeviceConfig device = new DeviceConfig("dsa", null, null, new DsaConfig());
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        Map<String, Buffer> memory = new LinkedHashMap<>();
        memory.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
        memory.put("dst", new Buffer(SIZE, Buffer.Fill.NONE));
        ProcessSpec app = new ProcessSpec("app", memory, Map.of("main", new Program(steps)));
        Machine machine =
                new Machine(
                        new Machine.Plan(hardware, OsConfig.defaults(), Defects.NONE, List.of(app)),
                        1,
                        Choices.PLAIN);

        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 10_000_000));

        assertNull(machine.os().process("app").job("job").result());
        assertEquals(List.of(), machine.violations());
        assertEquals(List.of(), machine.waitingFor());
    }
}
