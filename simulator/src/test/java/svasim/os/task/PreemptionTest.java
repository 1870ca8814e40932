package svasim.os.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.Script;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/** Where and for how long a task may be away, and what may be late, as choice points. */
class PreemptionTest {
    private static final long STEP_PS = 1_000_000;
    private static final long SWITCH_PS = SchedulerConfig.defaults().contextSwitch().value();
    private static final long WAKE_PS = SchedulerConfig.defaults().wakeUp().value();
    private static final long GRACE_PS = SchedulerConfig.defaults().gracePeriod().value();
    private static final long SHORT_PS = 30_000_000;
    private static final long LONG_PS = 1_000_000_000;
    private static final long LATE_PS = 20_000_000;
    private static final long VERY_LATE_PS = 400_000_000;

    private static final Procedure<Diary> ATOMIC =
            Procedure.<Diary>named("atomic")
                    .step("first", STEP_PS, Diary::note)
                    .step("second", STEP_PS, Diary::note)
                    .build();

    private static final Procedure<Diary> SLEEPING =
            Procedure.<Diary>named("sleeping")
                    .sleeping("first", STEP_PS, Diary::note)
                    .sleeping("second", STEP_PS, Diary::note)
                    .build();

    private static final Procedure<Diary> POLLING =
            Procedure.<Diary>named("polling").sleeping("poll", STEP_PS, Diary::pollThrice).build();

    private static final Procedure<Diary> NESTED =
            Procedure.<Diary>named("nested")
                    .sleeping("call", STEP_PS, Diary::call)
                    .sleeping("after", STEP_PS, Diary::note)
                    .build();

    private static final Procedure<Diary> LOCKED =
            Procedure.<Diary>named("locked")
                    .sleeping("lock", STEP_PS, Diary::lock)
                    .sleeping("inside", STEP_PS, Diary::note)
                    .sleeping("unlock", STEP_PS, Diary::unlock)
                    .build();

    private static final Procedure<Diary> GRACE =
            Procedure.<Diary>named("grace")
                    .sleeping("synchronize", STEP_PS, Diary::grace)
                    .sleeping("after", STEP_PS, Diary::note)
                    .build();

    private static final Procedure<Diary> WAITING =
            Procedure.<Diary>named("waiting").sleeping("wait", STEP_PS, Diary::await).build();

    private final List<String> log = new ArrayList<>();
    private final Mutex mutex = new Mutex("m");
    private final WaitQueue queue = new WaitQueue("test");
    private OsUnderTest system;

    private final class Diary {
        private final String name;
        private int polls;
        private boolean open;

        Diary(String name) {
            this.name = name;
        }

        private Next note(Cpu cpu) {
            log.add(name);
            return Next.ON;
        }

        private Next pollThrice(Cpu cpu) {
            log.add(name);
            return ++polls < 3 ? Next.AGAIN : Next.DONE;
        }

        private Next call(Cpu cpu) {
            return Next.call(ATOMIC, this);
        }

        private Next lock(Cpu cpu) {
            return mutex.take(this);
        }

        private Next unlock(Cpu cpu) {
            mutex.give(this);
            return Next.DONE;
        }

        private Next grace(Cpu cpu) {
            return system.platform().scheduler().gracePeriod();
        }

        private Next await(Cpu cpu) {
            log.add(name);
            return open ? Next.DONE : Next.await(queue);
        }
    }

    private void use(Script script) {
        system = new OsUnderTest.Setup().cores(1).choices(script).build();
        system.kernel().runUntilQuiet();
    }

    private Diary start(String name, Procedure<Diary> procedure) {
        Diary diary = new Diary(name);
        system.platform().scheduler().start(name, Priority.USER, new Call<>(procedure, diary));
        return diary;
    }

    /** Time that the procedure takes on an otherwise idle core, behind the context switch. */
    private long duration(Procedure<Diary> procedure, String... deviations) {
        use(Script.of(deviations));
        long begin = system.kernel().nowPs();
        start("a", procedure);
        system.kernel().runUntilQuiet();
        return system.kernel().nowPs() - begin - SWITCH_PS;
    }

    @Test
    void shouldNeverPreemptBehindAtomicStep() {
        assertEquals(2 * STEP_PS, duration(ATOMIC, "os.preempt=2"));
    }

    @Test
    void shouldAskBehindEachSleepingStep() {
        Script script = Script.of();
        use(script);
        start("a", SLEEPING);
        system.kernel().runUntilQuiet();

        assertEquals(2, script.asked("os.preempt"));
    }

    @Test
    void shouldBeAwayForTheChosenTime() {
        assertEquals(2 * STEP_PS + SHORT_PS, duration(SLEEPING, "os.preempt#0=1"));
        assertEquals(2 * STEP_PS + LONG_PS, duration(SLEEPING, "os.preempt#0=2"));
        assertEquals(
                2 * STEP_PS + SHORT_PS + LONG_PS,
                duration(SLEEPING, "os.preempt#0=1", "os.preempt#1=2"));
    }

    @Test
    void shouldNotAskBetweenPolls() {
        Script script = Script.of();
        use(script);
        start("a", POLLING);
        system.kernel().runUntilQuiet();

        assertEquals(1, script.asked("os.preempt"));
        assertEquals(List.of("a", "a", "a"), log);
    }

    @Test
    void shouldEnterCallOnlyAfterReturnFromPreemption() {
        use(Script.of("os.preempt#0=1"));
        start("a", NESTED);
        start("b", ATOMIC);
        system.kernel().runUntilQuiet();

        assertEquals(List.of("b", "b", "a", "a", "a"), log);
    }

    @Test
    void shouldKeepLockWhilePreempted() {
        use(Script.of("os.preempt#0=1"));
        start("a", LOCKED);
        start("b", LOCKED);
        system.kernel().runUntilQuiet();

        assertEquals(List.of("a", "b"), log);
        assertTrue(system.kernel().nowPs() > SHORT_PS);
    }

    @Test
    void shouldNotPreemptTaskThatLeavesItsCoreAnyway() {
        Script script = Script.of("os.preempt=1");
        use(script);
        start("a", WAITING);
        system.kernel().runUntilQuiet();

        assertEquals(0, script.asked("os.preempt"));
    }

    @Test
    void shouldWaitOneGracePeriodOrLonger() {
        long least = 2 * STEP_PS + GRACE_PS + WAKE_PS;

        assertEquals(least, duration(GRACE));
        assertEquals(least + LATE_PS, duration(GRACE, "os.grace#0=1"));
        assertEquals(least + VERY_LATE_PS, duration(GRACE, "os.grace#0=2"));
    }

    @Test
    void shouldBeLateByTheChosenTimeAfterWakeUp() {
        assertEquals(WAKE_PS + STEP_PS, afterWakeUp());
        assertEquals(WAKE_PS + LATE_PS + STEP_PS, afterWakeUp("os.wakeup#0=1"));
        assertEquals(WAKE_PS + VERY_LATE_PS + STEP_PS, afterWakeUp("os.wakeup#0=2"));
    }

    private long afterWakeUp(String... deviations) {
        use(Script.of(deviations));
        Diary diary = start("w", WAITING);
        system.kernel().runUntilQuiet();
        long woken = system.kernel().nowPs();
        diary.open = true;
        queue.wakeAll();
        system.kernel().runUntilQuiet();
        return system.kernel().nowPs() - woken;
    }

    @Test
    void shouldLetLateTaskBeOvertaken() {
        use(Script.of("os.wakeup#0=1"));
        Diary first = start("first", WAITING);
        Diary second = start("second", WAITING);
        system.kernel().runUntilQuiet();
        log.clear();
        first.open = true;
        second.open = true;
        queue.wakeAll();
        system.kernel().runUntilQuiet();

        assertEquals(List.of("second", "first"), log);
    }

    @Test
    void shouldRepeatRunWithSameAnswersExactly() {
        assertEquals(duration(SLEEPING, "os.preempt#1=2"), duration(SLEEPING, "os.preempt#1=2"));
    }
}
