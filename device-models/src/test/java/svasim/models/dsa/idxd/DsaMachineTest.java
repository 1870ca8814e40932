package svasim.models.dsa.idxd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.kernel.RandomStream;
import svasim.machine.DeviceConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.config.Works;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.process.Process;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Device, driver and library in a whole machine with a VT-d unit. */
class DsaMachineTest {
    private static final long LIMIT_PS = Picoseconds.PER_SECOND;
    private static final ByteSize SIZE = ByteSize.ofKiB(20);

    @Test
    void shouldMoveABufferOfAProcessAndGiveThePasidBack() {
        Machine machine = run(process("app", true, memmove(null, true), new Step.Await("job")));

        Process app = machine.os().process("app");
        assertEquals("success", app.job("job").result().status());
        assertEquals(SIZE.bytes(), app.job("job").result().bytes());
        assertEquals(0, machine.os().sva().pasidsInUse());
        assertEquals(List.of(), machine.waitingFor());
        assertEquals(List.of(), machine.violations());
    }

    @Test
    void shouldLeaveTheBytesWhereTheProgramFindsThem() {
        Machine machine =
                run(
                        process(
                                "app",
                                true,
                                memmove(null, true),
                                new Step.Await("job"),
                                compare(0),
                                new Step.Await("compared")));

        Process app = machine.os().process("app");
        assertEquals("success", app.job("compared").result().status());
        assertEquals(SIZE.bytes(), app.job("compared").result().bytes());
    }

    /** The delta record goes behind the copy that is changed by it. */
    @Test
    void shouldApplyTheDeltaThatItHasCreated() {
        Process app =
                programOf(
                        DsaWork.of(DsaWork.Operation.FILL, null, "dst"),
                        DsaWork.of(DsaWork.Operation.CREATE_DELTA, "dst", "room", "src"),
                        DsaWork.of(DsaWork.Operation.APPLY_DELTA, "room", "dst"),
                        compared(0));

        assertEquals(SIZE.bytes() / 8 * 10, app.job("job2").result().bytes());
        assertEquals("success", app.job("job3").result().status());
    }

    @Test
    void shouldStripWhatItHasInsertedAndFlushIt() {
        Process app =
                programOf(
                        DsaWork.of(DsaWork.Operation.DIF_INSERT, "src", "room"),
                        DsaWork.of(DsaWork.Operation.DIF_CHECK, "room", null),
                        DsaWork.of(DsaWork.Operation.DIF_STRIP, "room", "dst"),
                        compared(0),
                        DsaWork.of(DsaWork.Operation.CACHE_FLUSH, null, "dst"));

        assertEquals(SIZE.bytes(), app.job("job0").result().bytes());
        assertEquals("success", app.job("job3").result().status());
        assertEquals(SIZE.bytes(), app.job("job4").result().bytes());
    }

    /** A program that does one after the other, as job0, job1 and so on. */
    private static Process programOf(DsaWork... works) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Open("dsa0"));
        for (int i = 0; i < works.length; i++) {
            steps.add(new Step.Submit("dsa0", "job" + i, works[i]));
            steps.add(new Step.Await("job" + i));
        }
        Map<String, Buffer> memory = new LinkedHashMap<>();
        memory.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
        memory.put("dst", new Buffer(SIZE, Buffer.Fill.NONE));
        memory.put("room", new Buffer(new ByteSize(20800 + 5120), Buffer.Fill.NONE));
        return run(new ProcessSpec("app", memory, Map.of("main", new Program(steps))))
                .os()
                .process("app");
    }

    @Test
    void shouldTouchAndResumeAtEachMissingPageWithoutBlocking() {
        Machine machine = run(process("app", true, memmove(null, false), new Step.Await("job")));

        Process app = machine.os().process("app");
        assertEquals("success", app.job("job").result().status());
        assertEquals(SIZE.bytes(), app.job("job").result().bytes());
        assertEquals(5, machine.hardware().statistics().counters().get("dsa0.partial").value());
        assertEquals(List.of(), machine.violations());
    }

    @Test
    void shouldSubmitThroughAMappedPortalToo() {
        Machine machine =
                run(
                        process(
                                "app",
                                true,
                                new Step.MapDevice("dsa0", null),
                                memmove(null, true),
                                new Step.Await("job")));

        assertEquals("success", machine.os().process("app").job("job").result().status());
        assertEquals(List.of(), machine.violations());
    }

    @Test
    void shouldKeepMoreWorkThanTheQueueHoldsWaitingInTheProgram() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            steps.add(new Step.Submit("dsa0", "job" + i, work(new ByteSize(64), true)));
        }
        steps.add(new Step.Await("job99"));
        Machine machine = run(process("app", true, steps.toArray(Step[]::new)));

        var counters = machine.hardware().statistics().counters();
        assertEquals(100, counters.get("dsa0.portal.accepted").value());
        assertEquals(0, counters.get("dsa0.portal.refused").value());
    }

    @Test
    void shouldRefuseAnOpenerForWhomThereIsNoQueue() {
        DsaConfig one = Configs.queues(new QueueConfig());
        Step stay = new Step.Sleep(Picoseconds.ofMicros(500));
        Machine machine = run(one, process("first", false, stay), process("second", false, stay));

        List<String> failures = new ArrayList<>();
        failures.addAll(machine.os().process("first").failures());
        failures.addAll(machine.os().process("second").failures());
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).contains("every work queue is in use"), failures.get(0));
        assertEquals(List.of(), machine.waitingFor());
    }

    @Test
    void shouldStopBeforeItUnbindsWhenAProcessEndsWithWorkInFlight() {
        Machine machine = run(process("app", true, memmove(null, true), new Step.Exit()));

        assertEquals(0, machine.os().sva().pasidsInUse());
        assertEquals(List.of(), machine.waitingFor());
        assertEquals(List.of(), machine.violations());
    }

    @Test
    void shouldFailTheProgramThatNamesABufferItDoesNotHave() {
        DsaWork work = DsaWork.of(DsaWork.Operation.MEMMOVE, "src", "nowhere");
        Machine machine = run(process("app", true, new Step.Submit("dsa0", "job", work)));

        String failure = machine.os().process("app").failures().get(0);
        assertTrue(failure.contains("nowhere"), failure);
    }

    @Test
    void shouldRepeatARunExactly() {
        Machine first = run(process("app", true, memmove(null, true), new Step.Await("job")));
        Machine second = run(process("app", true, memmove(null, true), new Step.Await("job")));

        Kernel one = first.hardware().kernel();
        assertEquals(one.nowPs(), second.hardware().kernel().nowPs());
        assertEquals(one.eventsRun(), second.hardware().kernel().eventsRun());
        assertArrayEquals(
                first.hardware().statistics().counters().keySet().toArray(),
                second.hardware().statistics().counters().keySet().toArray());
    }

    @Test
    void shouldGiveEveryPasidBackHoweverLateThingsAre() {
        for (long seed = 0; seed < 40; seed++) {
            Step kill = new Step.Kill("app");
            Step later = new Step.Sleep(Picoseconds.ofMicros(20 + seed));
            ProcessSpec killer =
                    new ProcessSpec("killer", Map.of(), Map.of("main", Program.of(later, kill)));
            RandomStream random = new RandomStream(seed);
            Choices late =
                    (site, occurrence, lane, options) ->
                            random.below(8) == 0 ? (int) random.below(options) : 0;

            Machine machine =
                    run(
                            new DsaConfig(),
                            late,
                            process(
                                    "app",
                                    true,
                                    memmove(null, seed % 2 == 0),
                                    new Step.Unmap("dst"),
                                    new Step.Await("job")),
                            killer,
                            process("next", true, memmove(null, true), new Step.Await("job")));

            assertEquals(0, machine.os().sva().pasidsInUse(), "seed " + seed);
            assertEquals(List.of(), machine.waitingFor(), "seed " + seed);
            assertEquals(List.of(), machine.violations(), "seed " + seed);
            assertEquals(
                    "success",
                    machine.os().process("next").job("job").result().status(),
                    "seed " + seed);
        }
    }

    private static Step memmove(ByteSize size, boolean blockOnFault) {
        return new Step.Submit("dsa0", "job", work(size, blockOnFault));
    }

    private static DsaWork work(ByteSize size, boolean blockOnFault) {
        return Works.of(
                DsaWork.Operation.MEMMOVE,
                "from",
                "src",
                "into",
                "dst",
                "size",
                size,
                "blockOnFault",
                blockOnFault);
    }

    private static DsaWork compared(int expected) {
        return Works.of(
                DsaWork.Operation.COMPARE,
                "from",
                "src",
                "second",
                "dst",
                "expect",
                expected,
                "blockOnFault",
                true);
    }

    private static Step compare(int expected) {
        return new Step.Submit("dsa0", "compared", compared(expected));
    }

    /** A process that opens the device, does the steps and ends. */
    private static ProcessSpec process(String name, boolean buffers, Step... steps) {
        List<Step> program = new ArrayList<>();
        program.add(new Step.Open("dsa0"));
        program.addAll(List.of(steps));
        Map<String, Buffer> memory = new LinkedHashMap<>();
        if (buffers) {
            memory.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
            memory.put("dst", new Buffer(SIZE, Buffer.Fill.NONE));
        }
        return new ProcessSpec(name, memory, Map.of("main", new Program(program)));
    }

    private static Machine run(ProcessSpec... processes) {
        return run(new DsaConfig(), processes);
    }

    private static Machine run(DsaConfig config, ProcessSpec... processes) {
        return run(config, Choices.PLAIN, processes);
    }

    private static Machine run(DsaConfig config, Choices choices, ProcessSpec... processes) {
        Machine machine = machine(config, choices, processes);
        assertEquals(Kernel.End.QUIET, machine.run(LIMIT_PS, 10_000_000));
        return machine;
    }

    private static Machine machine(DsaConfig config, Choices choices, ProcessSpec... processes) {
        DeviceConfig device = new DeviceConfig("dsa", null, null, config);
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        return new Machine(
                new Machine.Plan(hardware, OsConfig.defaults(), Defects.NONE, List.of(processes)),
                1,
                choices);
    }
}
