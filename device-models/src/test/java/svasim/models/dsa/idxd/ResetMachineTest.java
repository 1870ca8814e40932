package svasim.models.dsa.idxd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.machine.DeviceConfig;
import svasim.machine.Machine;
import svasim.machine.MachineConfig;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.DsaWork;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** A device whose driver programs its queues again after a reset. */
class ResetMachineTest {
    private static final Step.Submit FIRST = move("first");
    private static final Step.Submit SECOND = move("second");

    private static Step.Submit move(String as) {
        return new Step.Submit("dsa0", as, DsaWork.of(DsaWork.Operation.MEMMOVE, "src", "dst"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeAnOpenQueueAfterAReset(boolean shared) {
        DsaConfig config = shared ? Configs.oneEngine(Configs.shared(4, 1)) : new DsaConfig();
        Machine machine =
                run(
                        config,
                        new Step.Open("dsa0"),
                        FIRST,
                        new Step.Await("first"),
                        new Step.Reset("dsa0"),
                        SECOND,
                        new Step.Await("second"));

        assertEquals(List.of(), machine.os().process("app").failures());
        assertEquals("success", machine.os().process("app").job("second").result().status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLetWorkEndBeforeAReset(boolean shared) {
        DsaConfig config = shared ? Configs.oneEngine(Configs.shared(4, 1)) : new DsaConfig();
        Machine machine =
                run(
                        config,
                        new Step.Open("dsa0"),
                        FIRST,
                        new Step.Reset("dsa0"),
                        new Step.Await("first"));

        assertEquals("success", machine.os().process("app").job("first").result().status());
    }

    private static Machine run(DsaConfig config, Step... steps) {
        DeviceConfig device = new DeviceConfig("dsa", null, null, config);
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, null, null, null, Map.of("dsa0", device));
        Map<String, Buffer> memory =
                new TreeMap<>(
                        Map.of(
                                "src", new Buffer(ByteSize.ofKiB(12), Buffer.Fill.RANDOM),
                                "dst", new Buffer(ByteSize.ofKiB(12), Buffer.Fill.NONE)));
        ProcessSpec app = new ProcessSpec("app", memory, Map.of("main", Program.of(steps)));
        Machine machine =
                new Machine(
                        new Machine.Plan(hardware, OsConfig.defaults(), Defects.NONE, List.of(app)),
                        1,
                        Choices.PLAIN);
        assertEquals(Kernel.End.QUIET, machine.run(2 * Picoseconds.PER_SECOND, 10_000_000));
        assertEquals(List.of(), machine.waitingFor());
        assertEquals(List.of(), machine.violations());
        return machine;
    }
}
