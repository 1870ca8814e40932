package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.RegisterWindows;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.OsUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.os.task.Priority;
import svasim.os.task.Task;

/** The driver's side of the invalidation queue, on a unit that does what the test says. */
class DriverQueueTest {
    private static final long BASE = 0xFED9_0000L;
    private static final int WAIT = 5;
    private static final int PASID_CACHE = 7;
    private static final long STATUS_WRITE = 1 << 5;
    private static final long DRAIN = 1 << 7;

    private OsUnderTest system;
    private FakeUnit unit;
    private InvalidationQueue queue;

    /** Carries out descriptors up to the tail when it is told to, and remembers them. */
    private final class FakeUnit implements RegisterWindows.Target {
        private final List<long[]> seen = new ArrayList<>();
        private final int slotBytes;
        private boolean stopped;
        private long errors;
        private long head;
        private long tail;
        private int wraps;

        FakeUnit(int slotBytes) {
            this.slotBytes = slotBytes;
        }

        @Override
        public long read(long offset, int bytes) {
            return switch ((int) offset) {
                case RegisterOffset.FSTS -> errors;
                case RegisterOffset.IQERCD -> 0x0300L << 32;
                case RegisterOffset.IQH -> head;
                default -> 0;
            };
        }

        @Override
        public void write(long offset, int bytes, long value) {
            if (offset == RegisterOffset.FSTS) {
                acknowledge(value);
                return;
            }
            assertEquals(RegisterOffset.IQT, offset);
            assertEquals(0, value % slotBytes);
            tail = value;
            if (!stopped) {
                carryOut();
            }
        }

        private void acknowledge(long value) {
            errors &= ~value;
            stopped = errors != 0;
            if (!stopped) {
                carryOut();
            }
        }

        void stopWith(int error) {
            errors = error;
            stopped = true;
        }

        void carryOut() {
            while (head != tail) {
                step();
            }
        }

        void step() {
            long at = (queue.baseRegister() & -4096L) + head;
            long word0 = system.memory().readLong(at);
            long word1 = system.memory().readLong(at + Long.BYTES);
            seen.add(new long[] {word0, word1});
            if ((word0 & 0xF) == WAIT && (word0 & STATUS_WRITE) != 0) {
                system.memory().writeInt(word1, (int) (word0 >>> 32));
            }
            head += slotBytes;
            if (head == 4096) {
                head = 0;
                wraps++;
            }
        }

        List<Integer> types() {
            return seen.stream().map(words -> (int) words[0] & 0xF).toList();
        }
    }

    @BeforeEach
    void wide() {
        use(true);
    }

    private void use(boolean wide) {
        RegisterWindows windows = new RegisterWindows(RegisterWindows.NOBODY);
        system = new OsUnderTest.Setup().cores(4).bus(windows).build();
        unit = new FakeUnit(wide ? 32 : 16);
        windows.add(BASE, 0x1000, unit);
        UnitSite site =
                new UnitSite(
                        "iommu0",
                        0,
                        BASE,
                        1,
                        IommuOptions.defaults(),
                        system.platform(),
                        system.interrupts());
        queue = new InvalidationQueue(new UnitRegisters(BASE), wide, site, id -> false);
        system.kernel().runUntilQuiet();
    }

    private static List<Descriptor> some(int number) {
        List<Descriptor> descriptors = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            descriptors.add(Descriptor.pasidCache(1, i + 1));
        }
        return descriptors;
    }

    private Task start(String name, Call<?> call) {
        return system.platform().scheduler().start(name, Priority.KERNEL, call);
    }

    @Test
    void shouldEndEachSubmissionWithOneWait() {
        system.finish(queue.submit(some(3)));

        assertEquals(List.of(PASID_CACHE, PASID_CACHE, PASID_CACHE, WAIT), unit.types());
    }

    @Test
    void shouldHaveWaitDrainPageRequestsOnlyWhenAsked() {
        system.finish(queue.submit(some(1)));
        system.finish(queue.submitDraining(some(1)));

        assertEquals(0, unit.seen.get(1)[0] & DRAIN);
        assertEquals(DRAIN, unit.seen.get(3)[0] & DRAIN);
    }

    @Test
    void shouldWrapAroundManyTimesAndKeepOrder() {
        for (int i = 0; i < 200; i++) {
            system.finish(queue.submit(some(2)));
        }

        assertEquals(600, unit.seen.size());
        assertEquals(600 / 128, unit.wraps);
        for (int i = 0; i < 600; i++) {
            assertEquals(i % 3 == 2 ? WAIT : PASID_CACHE, unit.seen.get(i)[0] & 0xF);
        }
    }

    @Test
    void shouldHoldTwiceAsManyNarrowDescriptors() {
        use(false);
        for (int i = 0; i < 300; i++) {
            system.finish(queue.submit(some(1)));
        }

        assertEquals(600 / 256, unit.wraps);
        assertEquals(0, queue.baseRegister() & 1 << 11);
    }

    @Test
    void shouldSayThatDescriptorsAreWide() {
        assertEquals(1 << 11, queue.baseRegister() & 0xFFF);
    }

    @Test
    void shouldGiveUpOnDeviceThatIsGone() {
        unit.stopWith(1 << 6);

        system.finish(queue.submit(some(1)));

        assertEquals(0, unit.errors);
        assertEquals(List.of(PASID_CACHE, WAIT), unit.types());
    }

    @Test
    void shouldReplaceDescriptorThatTheUnitRefuses() {
        unit.stopWith(1 << 4);

        system.finish(queue.submit(some(1)));

        assertEquals(List.of(WAIT, WAIT), unit.types());
    }

    @Test
    void shouldNotReturnBeforeItsWaitHasCompleted() {
        unit.stopped = true;
        Task task = start("submit", queue.submit(some(1)));
        system.runFor(5_000_000);
        assertEquals(Task.State.RUNNING, task.state());

        unit.step();
        system.runFor(5_000_000);
        assertEquals(Task.State.RUNNING, task.state());

        unit.step();
        system.kernel().runUntilQuiet();
        assertEquals(Task.State.ENDED, task.state());
    }

    @Test
    void shouldReturnAtOnceWithoutWaitingInSpiteOfTheWaitItWrites() {
        unit.stopped = true;

        system.finish(queue.submitWithoutWaiting(some(1)));

        assertEquals(2 * 32, unit.tail);
    }

    @Test
    void shouldServeTwoSubmittersByTheirOwnWaits() {
        unit.stopped = true;
        Task first = start("first", queue.submit(some(1)));
        system.runFor(2_000_000);
        Task second = start("second", queue.submit(some(1)));
        system.runFor(5_000_000);

        unit.step();
        unit.step();
        system.runFor(5_000_000);
        assertEquals(Task.State.ENDED, first.state());
        assertEquals(Task.State.RUNNING, second.state());

        unit.carryOut();
        system.kernel().runUntilQuiet();
        assertEquals(Task.State.ENDED, second.state());
    }

    @Test
    void shouldWaitForRoomInFullQueueAndOverwriteNothing() {
        unit.stopped = true;
        for (int i = 0; i < 7; i++) {
            system.finish(queue.submitWithoutWaiting(some(15)));
        }
        Task full = start("full", queue.submit(some(16)));
        system.runFor(20_000_000);
        assertEquals(7 * 16 * 32, unit.tail);
        assertEquals(Task.State.RUNNING, full.state());

        unit.stopped = false;
        unit.carryOut();
        system.kernel().runUntilQuiet();
        assertEquals(Task.State.ENDED, full.state());
        assertEquals(7 * 16 + 17, unit.seen.size());
    }

    @Test
    void shouldLeaveOneSlotEmpty() {
        unit.stopped = true;
        for (int i = 0; i < 7; i++) {
            system.finish(queue.submitWithoutWaiting(some(15)));
        }
        system.finish(queue.submitWithoutWaiting(some(14)));

        assertEquals(127 * 32, unit.tail);
        Task more = start("more", queue.submit(some(0)));
        system.runFor(20_000_000);
        assertEquals(127 * 32, unit.tail);
        assertFalse(more.state() == Task.State.ENDED);
    }

    @Test
    void shouldGiveEachWaitAStatusWordOfItsOwn() {
        system.finish(queue.submit(some(1)));
        system.finish(queue.submit(some(1)));

        long first = unit.seen.get(1)[1];
        long second = unit.seen.get(3)[1];
        assertTrue(first != second && first % 4 == 0 && second % 4 == 0);
    }
}
