package svasim.models.gpu.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.models.gpu.driver.GpuMachines.assertGone;
import static svasim.models.gpu.driver.GpuMachines.await;
import static svasim.models.gpu.driver.GpuMachines.count;
import static svasim.models.gpu.driver.GpuMachines.open;
import static svasim.models.gpu.driver.GpuMachines.process;
import static svasim.models.gpu.driver.GpuMachines.sleep;
import static svasim.models.gpu.driver.GpuMachines.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import svasim.device.DriverStyle;
import svasim.machine.IommuConfig.Unit;
import svasim.machine.Machine;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuConfig.Preemption;
import svasim.models.gpu.config.GpuWork.Kernel;
import svasim.os.mm.Advice;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;

/**
 * Three processes on one slot of a GPU whose memory is too small for them, while the kernel moves,
 * reclaims and unmaps their pages and some of them are killed. A dispatch gives the right bytes or
 * is told to have failed; the checker sees to it that nobody touches what is another's.
 */
class GpuUnderStressTest {
    private static final int PROCESSES = 3;

    @Property(tries = 40)
    void shouldGiveRightBytesOrTellOfFailure(
            @ForAll @IntRange(max = 1 << 20) int seed,
            @ForAll Faults faults,
            @ForAll boolean ofFile,
            @ForAll @IntRange(max = 12) int pages) {
        Random random = new Random(seed);
        Preemption[] ways = {Preemption.SAVE, Preemption.DRAIN};
        boolean saves = faults == Faults.EVICT || random.nextBoolean();
        GpuConfigs config =
                GpuConfigs.with()
                        .shape(2, 4)
                        .slots(1, 1)
                        .quantum(4 + random.nextInt(20))
                        .preemption(ways[saves ? 0 : 1])
                        .faults(faults)
                        .restoreAfter(10 + random.nextInt(50))
                        .driver(ofFile ? DriverStyle.I915 : DriverStyle.AMDKFD);
        if (pages > 0) {
            config.local(pages, random.nextBoolean() || pages < 2 ? 1 : 2);
        }
        List<ProcessSpec> processes = new ArrayList<>();
        for (int number = 0; number < PROCESSES; number++) {
            processes.add(app("app" + number, random));
        }
        boolean kills = random.nextBoolean();
        if (kills) {
            processes.add(
                    process("killer", sleep(15 + random.nextInt(300)), new Step.Kill("app0")));
        }

        Machine machine = GpuMachines.run(Unit.VTD, config.build(), processes);

        assertGone(machine);
        for (int number = kills ? 1 : 0; number < PROCESSES; number++) {
            String failures = machine.os().process("app" + number).failures().toString();
            assertFalse(
                    failures.contains("wrong result") && !unmaps(processes.get(number)), failures);
        }
        assertEquals(
                count(machine, "gpu0.job.elements") % GpuMachines.ELEMENTS, 0, "whole dispatches");
    }

    /** The kernel may map something else where the source was: then that is what is read. */
    private static boolean unmaps(ProcessSpec app) {
        return app.threads().get("trouble").steps().stream().anyMatch(Step.Unmap.class::isInstance);
    }

    private static ProcessSpec app(String name, Random random) {
        List<Step> work = new ArrayList<>(List.of(open()));
        for (int job = 0; job < 3; job++) {
            Kernel kernel = Kernel.values()[random.nextInt(Kernel.values().length)];
            work.add(submit("job" + job, kernel, "from", "into", 1 + random.nextInt(20)));
            work.add(await("job" + job));
        }
        work.add(new Step.Exit());
        List<Step> trouble = new ArrayList<>(List.of(sleep(10 + random.nextInt(40))));
        for (int times = random.nextInt(6); times > 0; times--) {
            trouble.add(disturbance(random));
            trouble.add(sleep(1 + random.nextInt(60)));
        }
        if (random.nextInt(4) == 0) {
            trouble.add(new Step.Unmap("from"));
        }
        return process(
                name,
                Map.of(
                        "work",
                        Program.of(work.toArray(Step[]::new)),
                        "trouble",
                        Program.of(trouble.toArray(Step[]::new))));
    }

    /** Changes where pages are, not what they hold. */
    private static Step disturbance(Random random) {
        String[] buffers = {"from", "into", "index"};
        String buffer = buffers[random.nextInt(buffers.length)];
        return switch (random.nextInt(5)) {
            case 0 -> new Step.Migrate(buffer);
            case 1 -> new Step.Touch(buffer, false);
            case 2 -> new Step.Advise(buffer, Advice.PAGE_OUT);
            case 3 -> new Step.NumaScan(buffer);
            default -> new Step.Reclaim(new ByteSize(4 * 4096L));
        };
    }
}
