package svasim.models.dsa.idxd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
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
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** The driver hears of more than the ends of commands: records to be written, and halts. */
class EventLogMachineTest {
    private static final ByteSize SIZE = ByteSize.ofKiB(8);
    private static final Step OPEN = new Step.Open("dsa0");
    private static final Step PAUSE = new Step.Sleep(Picoseconds.ofMicros(60));

    private static Step move(String name, String record) {
        DsaWork work =
                Works.of(
                        DsaWork.Operation.MEMMOVE,
                        "from",
                        "src",
                        "into",
                        "dst",
                        "blockOnFault",
                        false,
                        "record",
                        record);
        return new Step.Submit("dsa0", name, work);
    }

    private static Machine run(DsaConfig config, Step... steps) {
        Map<String, Buffer> buffers = new LinkedHashMap<>();
        buffers.put("src", new Buffer(SIZE, Buffer.Fill.RANDOM));
        buffers.put("dst", new Buffer(SIZE, Buffer.Fill.ZERO));
        buffers.put("record", new Buffer(ByteSize.ofKiB(4), Buffer.Fill.NONE));
        ProcessSpec app = new ProcessSpec("app", buffers, Map.of("main", Program.of(steps)));
        DeviceConfig device = new DeviceConfig("dsa", null, null, config);
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        Machine machine =
                new Machine(
                        new Machine.Plan(hardware, OsConfig.defaults(), Defects.NONE, List.of(app)),
                        1,
                        Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 10_000_000));
        assertEquals(List.of(), machine.violations());
        return machine;
    }

    private static long counter(Machine machine, String name) {
        return machine.hardware().statistics().counters().get("dsa0." + name).value();
    }

    private static String status(Machine machine, String job) {
        return machine.os().process("app").job(job).result().status();
    }

    @Test
    void shouldWriteTheRecordThatTheDeviceCannot() {
        Machine machine =
                run(
                        Configs.secondGeneration(Configs.withoutPageRequests()),
                        OPEN,
                        move("job", "record"),
                        PAUSE,
                        new Step.Await("job"));

        assertEquals("success", status(machine, "job"));
        assertEquals(1, counter(machine, "cr.faults"));
        assertEquals(0, counter(machine, "cr.failures"));
    }

    /** A shared queue finds the address space by the PASID that the entry names. */
    @Test
    void shouldWriteTheRecordOfASharedQueueToo() {
        QueueConfig shared =
                new QueueConfig(
                        QueueConfig.Mode.SHARED, null, 16, 15, null, null, null, true, null, null);
        Machine machine =
                run(
                        Configs.secondGeneration(shared),
                        OPEN,
                        new Step.MapDevice("dsa0", null),
                        move("job", "record"),
                        PAUSE,
                        new Step.Await("job"));

        assertEquals("success", status(machine, "job"));
        assertEquals(1, counter(machine, "cr.faults"));
    }

    /** Whether the worker came first or the entry was cancelled, nothing comes after the end. */
    @Test
    void shouldWaitForTheWorkerBeforeTheEnd() {
        Machine machine =
                run(
                        Configs.secondGeneration(Configs.withoutPageRequests()),
                        OPEN,
                        move("job", "record"),
                        new Step.Close("dsa0"),
                        PAUSE);

        assertTrue(counter(machine, "cr.faults") <= 1);
        assertEquals(0, counter(machine, "cr.failures"));
    }

    @Test
    void shouldSetADeviceUpAnewThatHasHalted() {
        Machine machine =
                run(
                        Configs.haltingAfter(2, DsaConfig.HaltReset.SOFTWARE),
                        OPEN,
                        move("first", null),
                        new Step.Await("first"),
                        move("lost", null),
                        PAUSE,
                        move("next", null),
                        new Step.Await("next"));

        assertEquals("success", status(machine, "first"));
        assertEquals("success", status(machine, "next"));
        assertEquals(1, counter(machine, "halts"));
    }

    @Test
    void shouldGiveUpADeviceThatNeedsMoreThanACommand() {
        Machine machine =
                run(
                        Configs.haltingAfter(1, DsaConfig.HaltReset.FLR),
                        OPEN,
                        move("lost", null),
                        PAUSE);

        assertEquals(1, counter(machine, "halts"));
        assertEquals(List.of(), machine.waitingFor());
    }
}
