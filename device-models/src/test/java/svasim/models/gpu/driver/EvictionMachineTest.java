package svasim.models.gpu.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.gpu.driver.GpuMachines.ELEMENTS;
import static svasim.models.gpu.driver.GpuMachines.assertGone;
import static svasim.models.gpu.driver.GpuMachines.await;
import static svasim.models.gpu.driver.GpuMachines.count;
import static svasim.models.gpu.driver.GpuMachines.open;
import static svasim.models.gpu.driver.GpuMachines.process;
import static svasim.models.gpu.driver.GpuMachines.sleep;
import static svasim.models.gpu.driver.GpuMachines.submit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.device.DriverStyle;
import svasim.machine.IommuConfig.Unit;
import svasim.machine.Machine;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuConfig.Preemption;
import svasim.models.gpu.config.GpuWork.Kernel;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;

/** Queues are taken off when memory of their work goes, and put back when it is there again. */
class EvictionMachineTest {
    private static final int FEW = 128;
    private static final int HOPS = 400;

    private static GpuConfigs evicting() {
        return GpuConfigs.with().faults(Faults.EVICT).restoreAfter(30);
    }

    /** The kernel moves the pages while wavefronts use them. */
    private static ProcessSpec disturbed(String name, Kernel kernel, Step... disturbances) {
        return disturbed(name, kernel, 64, disturbances);
    }

    private static ProcessSpec disturbed(
            String name, Kernel kernel, int parameter, Step... disturbances) {
        return process(
                name,
                Map.of(
                        "main",
                        Program.of(
                                open(),
                                submit("one", kernel, "from", "into", parameter),
                                await("one")),
                        "other",
                        Program.of(disturbances)));
    }

    /** Few elements, which take long: a kill finds it at work whenever it comes. */
    private static ProcessSpec patient(String name, Step... disturbances) {
        Buffer data = GpuMachines.buffer(FEW, Buffer.Fill.RANDOM);
        return new ProcessSpec(
                name,
                new TreeMap<>(Map.of("from", data, "index", data, "into", data)),
                disturbed(name, Kernel.CHASE, HOPS, disturbances).threads());
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void shouldGetEveryKernelRightWhosePagesMoveInTheMiddle(Kernel kernel) {
        Machine machine =
                GpuMachines.run(
                        Unit.AMDVI,
                        evicting().build(),
                        disturbed(
                                "app",
                                kernel,
                                sleep(25),
                                new Step.Migrate("from"),
                                sleep(20),
                                new Step.Migrate("into"),
                                new Step.Migrate("index")));

        assertEquals(ELEMENTS, count(machine, "gpu0.job.elements"));
        assertEquals(0, count(machine, "gpu0.job.failed"));
        assertGone(machine);
    }

    @Test
    void shouldSaveAndRestoreWavefrontsAroundANotifier() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        evicting().build(),
                        disturbed("app", Kernel.CHASE, sleep(25), new Step.Migrate("from")));

        assertTrue(count(machine, "gpu0.evictions") > 0);
        assertTrue(count(machine, "gpu0.waves.saved") > 0);
        assertEquals(count(machine, "gpu0.waves.saved"), count(machine, "gpu0.waves.restored"));
        assertGone(machine);
    }

    @Test
    void shouldNotCareForNotifiersOfOtherMemory() {
        long alone = evictions(twoBuffers(sleep(25)));

        assertEquals(alone, evictions(twoBuffers(sleep(25), new Step.Migrate("idle"))));
    }

    private static ProcessSpec twoBuffers(Step... disturbances) {
        ProcessSpec app = disturbed("app", Kernel.STREAM, disturbances);
        Map<String, Buffer> buffers = new TreeMap<>(app.buffers());
        buffers.put("idle", GpuMachines.buffer(ELEMENTS, Buffer.Fill.ZERO));
        return new ProcessSpec("app", buffers, app.threads());
    }

    private static long evictions(ProcessSpec app) {
        return count(GpuMachines.run(Unit.VTD, evicting().build(), app), "gpu0.evictions");
    }

    @Test
    void shouldEndTheQueueWhosePageCannotBeHad() {
        Machine machine =
                GpuMachines.run(
                        Unit.VTD,
                        evicting().build(),
                        disturbed("app", Kernel.CHASE, sleep(25), new Step.Unmap("from")));

        String failures = machine.os().process("app").failures().toString();
        assertTrue(failures.contains("taken off"), failures);
        assertGone(machine);
    }

    @ParameterizedTest
    @EnumSource(
            value = DriverStyle.class,
            names = {"AMDKFD", "I915"})
    void shouldLeaveNothingWhenItsProcessIsKilledWhileItsQueueIsOff(DriverStyle style) {
        for (int micros = 24; micros < 130; micros += 3) {
            ProcessSpec killer = process("killer", sleep(micros), new Step.Kill("app"));
            Machine machine =
                    GpuMachines.run(
                            Unit.VTD,
                            evicting().driver(style).build(),
                            patient("app", sleep(25), new Step.Migrate("from")),
                            killer);

            assertEquals(0, count(machine, "gpu0.job.elements"), "it ended before " + micros);
            assertGone(machine);
        }
    }

    /** Killed at every moment of a time slice: running, being saved, saved, being restored. */
    @ParameterizedTest
    @EnumSource(Preemption.class)
    void shouldLeaveNothingWhenAProcessIsKilledWhileProcessesTakeTurns(Preemption preemption) {
        GpuConfig config = GpuConfigs.with().slots(1, 1).quantum(5).preemption(preemption).build();
        for (int micros = 20; micros < 90; micros += 4) {
            ProcessSpec killer = process("killer", sleep(micros), new Step.Kill("one"));
            Machine machine =
                    GpuMachines.run(Unit.VTD, config, patient("one"), patient("two"), killer);

            assertEquals(List.of(), machine.os().process("two").failures());
            assertEquals(FEW, count(machine, "gpu0.job.elements"), "one ended before " + micros);
            assertGone(machine);
        }
    }
}
