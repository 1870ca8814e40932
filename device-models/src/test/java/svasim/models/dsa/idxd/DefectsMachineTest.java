package svasim.models.dsa.idxd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import svasim.check.Violation;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.dsa.config.DsaWork;
import svasim.os.OsConfig;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** Bugs that no shipped story shows in a plain run, seen to break what they are named for. */
class DefectsMachineTest {
    private static final Step OPEN = new Step.Open("dsa0");
    private static final Step AWAIT = new Step.Await("job");
    private static final Step MOVE =
            new Step.Submit("dsa0", "job", DsaWork.of(DsaWork.Operation.MEMMOVE, "src", "dst"));

    /** More pages than are flushed one by one. */
    private static final ByteSize LARGE = ByteSize.ofKiB(160);

    private static final ByteSize SMALL = ByteSize.ofKiB(4);

    private static List<String> broken(Defects defects, ProcessSpec... processes) {
        DeviceConfig device = new DeviceConfig("dsa", null, null, null);
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        Machine machine =
                new Machine(
                        new Machine.Plan(
                                hardware, OsConfig.defaults(), defects, List.of(processes)),
                        1,
                        Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(Picoseconds.PER_SECOND, 10_000_000));
        return machine.violations().stream().map(Violation::invariant).distinct().toList();
    }

    private static ProcessSpec process(String name, ByteSize size, Step... steps) {
        Map<String, Buffer> buffers = new LinkedHashMap<>();
        buffers.put("src", new Buffer(size, Buffer.Fill.RANDOM));
        buffers.put("dst", new Buffer(size, Buffer.Fill.ZERO));
        return new ProcessSpec(name, buffers, Map.of("main", Program.of(steps)));
    }

    private static ProcessSpec unmapsLargeBuffer() {
        return process("app", LARGE, OPEN, MOVE, AWAIT, new Step.Unmap("src"));
    }

    @Test
    void shouldLeaveWholeAddressSpaceInCachesWithS31() {
        assertTrue(broken(Defects.of(Defect.S31), unmapsLargeBuffer()).contains("I-02"));
    }

    @Test
    void shouldLeaveNothingInCachesWithoutS31() {
        assertEquals(List.of(), broken(Defects.NONE, unmapsLargeBuffer()));
    }

    @Test
    void shouldGiveNumberToNextProcessBeforeUnbindWithS03() {
        assertTrue(brokenAtAnyMoment(Defects.of(Defect.S03)).contains("I-11"));
    }

    @Test
    void shouldNeverGiveNumberToNextProcessBeforeUnbindWithoutDefect() {
        assertEquals(new TreeSet<>(), brokenAtAnyMoment(Defects.NONE));
    }

    /** A second process that binds at some moment around the end of the first. */
    private static TreeSet<String> brokenAtAnyMoment(Defects defects) {
        TreeSet<String> broken = new TreeSet<>();
        for (int micros = 20; micros < 100; micros += 4) {
            Step sleep = new Step.Sleep(Picoseconds.ofMicros(micros));
            broken.addAll(
                    broken(
                            defects,
                            process("first", SMALL, OPEN, MOVE, AWAIT),
                            process("second", SMALL, sleep, OPEN, MOVE, AWAIT)));
        }
        return broken;
    }

    @Test
    void shouldHandOutOneNumberTwiceWithDefect() {
        List<String> broken =
                broken(
                        Defects.of(Defect.I_10),
                        process("first", SMALL, OPEN, MOVE, AWAIT),
                        process("second", SMALL, OPEN, MOVE, AWAIT));

        assertTrue(broken.contains("I-10"), broken::toString);
    }
}
