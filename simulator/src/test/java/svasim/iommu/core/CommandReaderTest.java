package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.CommandReader.Outcome;
import svasim.memory.PhysicalMemory;

class CommandReaderTest {
    private static final long PER_COMMAND_PS = 700;
    private static final long WAITING = 1;
    private static final long WRONG = 2;

    private final UnitBench bench = new UnitBench(new PhysicalMemory(0, 1 << 20));
    private final MemoryQueue queue = new MemoryQueue();
    private final List<Long> executed = new ArrayList<>();
    private boolean released;
    private boolean unreadable;
    private CommandReader reader;

    @BeforeEach
    void prepare() {
        queue.configure(0x1000, 4, 16, false);
        reader =
                new CommandReader(
                        "q", queue, PER_COMMAND_PS, new Recording(), bench.surroundings());
        reader.enable(true);
    }

    private final class Recording implements CommandReader.Executor {
        @Override
        public Outcome execute(long[] words, long nowPs) {
            if (words[0] == WRONG) {
                return Outcome.STOPPED;
            }
            if (words[0] == WAITING && !released) {
                return Outcome.WAITS;
            }
            executed.add(words[0]);
            return Outcome.DONE;
        }

        @Override
        public String name(long[] words) {
            return "command " + words[0];
        }

        @Override
        public void unreadable(long nowPs) {
            unreadable = true;
        }
    }

    private void write(long... commands) {
        for (long command : commands) {
            bench.memory.writeLong(queue.tailAddress(), command);
            queue.advanceTail();
        }
        reader.kick();
    }

    @Test
    void shouldCarryOutInOrderAtMemoryLatencyEach() {
        write(10, 11);
        long onePs = UnitBench.DRAM_PS + PER_COMMAND_PS;

        bench.kernel.run(onePs - 1, Long.MAX_VALUE);
        assertEquals(List.of(), executed);
        bench.kernel.run(onePs, Long.MAX_VALUE);
        assertEquals(List.of(10L), executed);
        bench.kernel.run(2 * onePs, Long.MAX_VALUE);
        assertEquals(List.of(10L, 11L), executed);
        assertTrue(reader.idle());
        assertEquals(List.of("command 10", "command 11"), bench.executedNames);
    }

    @Test
    void shouldHoldBackWhatFollowsAWaitingCommand() {
        write(WAITING, 11);
        bench.settle();
        assertEquals(0, queue.head());
        assertTrue(reader.holding());

        released = true;
        reader.kick();
        bench.settle();
        assertEquals(List.of(WAITING, 11L), executed);
    }

    @Test
    void shouldReadTheCommandAgainAfterAnError() {
        write(WRONG, 11);
        bench.settle();
        reader.kick();
        bench.settle();
        assertTrue(reader.stopped());
        assertEquals(List.of(), executed);

        bench.memory.writeLong(0x1000, 10);
        reader.restart();
        bench.settle();
        assertEquals(List.of(10L, 11L), executed);
    }

    @Test
    void shouldStopWhereMemoryDoesNotAnswer() {
        queue.configure(1 << 20, 4, 16, false);
        queue.advanceTail();
        reader.kick();
        bench.settle();

        assertTrue(unreadable);
        assertTrue(reader.stopped());
    }

    @Test
    void shouldGiveUpTheFetchWhenItIsSwitchedOff() {
        write(10);
        bench.kernel.run(1_000, Long.MAX_VALUE);
        reader.enable(false);
        bench.settle();

        assertEquals(List.of(), executed);
        assertTrue(reader.idle());
        assertFalse(queue.empty());
    }
}
