package svasim.models.nic.rdma.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.models.nic.rdma.verbs.RdmaMachine.OPEN;
import static svasim.models.nic.rdma.verbs.RdmaMachine.count;
import static svasim.models.nic.rdma.verbs.RdmaMachine.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import svasim.machine.IommuConfig.Unit;
import svasim.machine.Machine;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.config.OnDemandConfig.Absent;
import svasim.models.nic.config.OnDemandConfig.Table;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.Picoseconds;

/**
 * Processes send messages while their memory is unmapped, moved and swapped, and while some of them
 * die. The checker watches each access of the card: none reaches a frame that is not its process's
 * any more. Each message arrives byte by byte, or is reported.
 */
class RandomMemoryTest {
    private static final Unit[] UNITS = {Unit.VTD, Unit.SMMUV3, Unit.AMDVI};
    private static final int BYTES = (int) RdmaMachine.SIZE.bytes();

    private Random random;

    @Property(tries = 15)
    void shouldDeliverOrReportEachMessageWhateverBecomesOfMemory(@ForAll long seed) {
        random = new Random(seed);
        Table table = Table.values()[random.nextInt(2)];
        Absent absent = Absent.values()[random.nextInt(2)];
        int advised = random.nextBoolean() ? 0 : BYTES;
        OnDemandConfig card = RdmaMachine.fast(table, absent, advised, time(10_000_000));

        Machine machine =
                RdmaMachine.run(
                        UNITS[random.nextInt(UNITS.length)],
                        card,
                        process("one", Map.of("main", sender(true), "other", disturber(false))),
                        process("two", Map.of("main", sender(false), "other", disturber(true))),
                        process("three", new Step.Sleep(time()), killer("two")));

        assertEquals(0, count(machine, "nic0.job.wrong"));
        assertEquals(0, count(machine, "nic0.errors"));
    }

    /** What was unmapped cannot be compared. */
    private Program sender(boolean verify) {
        List<Step> steps = new ArrayList<>(List.of(OPEN));
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int bytes = 1 + random.nextInt(BYTES);
            steps.add(write("job" + i, bytes, verify));
            if (random.nextBoolean()) {
                steps.add(RdmaMachine.await("job" + i));
            }
        }
        return new Program(steps);
    }

    private Program disturber(boolean unmaps) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
            String buffer = random.nextBoolean() ? "src" : "dst";
            steps.add(new Step.Sleep(time()));
            switch (random.nextInt(unmaps ? 4 : 3)) {
                case 3 -> {
                    steps.add(new Step.Unmap(buffer));
                    steps.add(new Step.MapBuffer(buffer));
                }
                case 0 -> steps.add(new Step.Reclaim(RdmaMachine.SIZE));
                case 1 -> steps.add(new Step.NumaScan(buffer));
                default -> steps.add(new Step.Migrate(buffer));
            }
        }
        return new Program(steps);
    }

    private Step write(String as, int bytes, boolean verify) {
        int count = 1 + random.nextInt(6);
        return new Step.Submit("nic0", as, RdmaMachine.messages(bytes, count, verify));
    }

    private Step killer(String victim) {
        return random.nextBoolean() ? new Step.Kill(victim) : new Step.Sleep(time());
    }

    private Picoseconds time() {
        return new Picoseconds(time(400_000_000));
    }

    private long time(int most) {
        return 1 + random.nextInt(most);
    }
}
