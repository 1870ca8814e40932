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
import svasim.os.program.Retry;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Processes, kernel and device with a shared queue, in a whole machine. */
class SharedQueueMachineTest {
    private static final ByteSize SIZE = ByteSize.ofKiB(12);
    private static final DsaConfig TIGHT = Configs.oneEngine(Configs.shared(4, 1));
    private static final Step MAP = new Step.MapDevice("dsa0", null);
    private static final Step AWAIT = new Step.Await("job");

    private static Step move(String as, Retry retry) {
        DsaWork work = DsaWork.of(DsaWork.Operation.MEMMOVE, "src", "dst");
        return new Step.Submit("dsa0", as, work, retry);
    }

    private static Step move(String as) {
        return move(as, Retry.defaults());
    }

    private static ProcessSpec process(String name, Step... steps) {
        List<Step> program = new ArrayList<>();
        program.add(new Step.Open("dsa0"));
        program.addAll(List.of(steps));
        Map<String, Buffer> memory = new LinkedHashMap<>();
        memory.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
        memory.put("dst", new Buffer(SIZE, Buffer.Fill.NONE));
        return new ProcessSpec(name, memory, Map.of("main", new Program(program)));
    }

    private static Machine run(DsaConfig config, Choices choices, ProcessSpec... processes) {
        DeviceConfig device = new DeviceConfig("dsa", null, null, config);
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        Machine machine =
                new Machine(
                        new Machine.Plan(
                                hardware, OsConfig.defaults(), Defects.NONE, List.of(processes)),
                        1,
                        choices);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 10_000_000));
        assertEquals(List.of(), machine.waitingFor());
        assertEquals(List.of(), machine.violations());
        assertEquals(0, machine.os().sva().pasidsInUse());
        return machine;
    }

    private static long counter(Machine machine, String name) {
        return machine.hardware().statistics().counters().get(name).value();
    }

    private static void assertMoved(Machine machine, String process) {
        assertEquals("success", machine.os().process(process).job("job").result().status());
    }

    @Test
    void shouldServeTwoProcessesThroughTheirMappedPortals() {
        Machine machine =
                run(
                        TIGHT,
                        Choices.PLAIN,
                        process("one", MAP, move("first"), move("second"), move("job"), AWAIT),
                        process("two", MAP, move("first"), move("second"), move("job"), AWAIT));

        assertMoved(machine, "one");
        assertMoved(machine, "two");
        assertEquals(6, counter(machine, "dsa0.portal.accepted"));
        assertTrue(counter(machine, "dsa0.job.retries") > 0);
        assertEquals(counter(machine, "dsa0.wq0.retries"), counter(machine, "dsa0.job.retries"));
    }

    @Test
    void shouldSubmitInWriteWithThePasidOfTheFileWhereThePortalIsNotMapped() {
        Machine machine =
                run(
                        TIGHT,
                        Choices.PLAIN,
                        process("one", move("job"), AWAIT),
                        process("two", move("job"), AWAIT));

        assertMoved(machine, "one");
        assertMoved(machine, "two");
    }

    @Test
    void shouldTellAProgramThatGaveUp() {
        Retry once = new Retry(0, null);
        Machine machine =
                run(
                        TIGHT,
                        Choices.PLAIN,
                        process("one", MAP, move("a"), move("b"), move("job", once), AWAIT));

        Process one = machine.os().process("one");
        assertEquals("queue full", one.job("job").result().status());
        assertEquals(1, counter(machine, "dsa0.wq0.retries"));
    }

    @Test
    void shouldPreferAQueueOfItsOwnForAnOpener() {
        DsaConfig both = Configs.queues(Configs.shared(16, 15), new QueueConfig());
        Machine machine =
                run(
                        both,
                        Choices.PLAIN,
                        process("one", MAP, move("job"), AWAIT),
                        process("two", MAP, move("job"), AWAIT),
                        process("three", MAP, move("job"), AWAIT));

        for (String name : List.of("one", "two", "three")) {
            assertMoved(machine, name);
        }
    }

    /** The queue, the drain and the process's end meet at every moment. */
    @Test
    void shouldEndWhatAProcessHasQueuedWhenItExitsOrIsKilled() {
        for (long seed = 0; seed < 30; seed++) {
            RandomStream random = new RandomStream(seed);
            Choices late =
                    (site, occurrence, lane, options) ->
                            random.below(8) == 0 ? (int) random.below(options) : 0;
            Step later = new Step.Sleep(Picoseconds.ofMicros(30 + 2 * seed));
            ProcessSpec killer =
                    new ProcessSpec(
                            "killer",
                            Map.of(),
                            Map.of("main", Program.of(later, new Step.Kill("killed"))));

            Machine machine =
                    run(
                            TIGHT,
                            late,
                            process("leaves", MAP, move("a"), move("b"), new Step.Exit()),
                            process("killed", MAP, move("a"), move("b"), move("c"), AWAIT),
                            killer,
                            process("stays", MAP, move("job"), AWAIT));

            assertMoved(machine, "stays");
        }
    }

    @Test
    void shouldCopyEachProcessesOwnBytes() {
        DsaWork work = DsaWork.of(DsaWork.Operation.MEMMOVE, "src", "dst");
        Step submit = new Step.Submit("dsa0", "job", work, Retry.defaults());
        Step compare =
                new Step.Submit(
                        "dsa0",
                        "same",
                        Works.of(
                                DsaWork.Operation.COMPARE,
                                "from",
                                "src",
                                "second",
                                "dst",
                                "expect",
                                0,
                                "blockOnFault",
                                true),
                        Retry.defaults());
        Step[] steps = {MAP, submit, AWAIT, compare, new Step.Await("same")};
        Machine machine = run(TIGHT, Choices.PLAIN, process("one", steps), process("two", steps));

        String[] found =
                List.of("one", "two").stream()
                        .map(name -> machine.os().process(name).job("same").result().status())
                        .toArray(String[]::new);
        assertArrayEquals(new String[] {"success", "success"}, found);
    }

    @Test
    void shouldTakeWorkThroughThePortalAfterTheDescriptorIsClosed() {
        Step close = new Step.Close("dsa0");
        Step unmap = new Step.Unmap("dsa0");

        Machine machine =
                run(
                        TIGHT,
                        Choices.PLAIN,
                        process("app", MAP, close, move("job"), AWAIT, unmap, move("late")));

        assertMoved(machine, "app");
        List<String> failures = machine.os().process("app").failures();
        assertEquals(List.of("main: submit to dsa0: not open"), failures);
    }
}
