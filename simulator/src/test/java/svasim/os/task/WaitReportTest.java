package svasim.os.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/** Who waits for whom, when nothing goes on. */
class WaitReportTest {
    private static final Procedure<Holder> HOLD =
            Procedure.<Holder>named("hold")
                    .sleeping("take", 1_000, Holder::take)
                    .sleeping("wait", 1_000, Holder::await)
                    .build();

    private static final Procedure<Holder> FORGET =
            Procedure.<Holder>named("forget").sleeping("take", 1_000, Holder::take).build();

    private static final Procedure<WaitReportTest> POLL =
            Procedure.<WaitReportTest>named("poll")
                    .sleeping("look", 1_000, (test, cpu) -> Next.AGAIN)
                    .build();

    private OsUnderTest system;

    /** Takes a lock, and waits with it for something that does not come. */
    private static final class Holder {
        private final Mutex lock;
        private final WaitQueue never;

        Holder(Mutex lock, WaitQueue never) {
            this.lock = lock;
            this.never = never;
        }

        private Next take(Cpu cpu) {
            return lock.take(this);
        }

        private Next await(Cpu cpu) {
            return Next.await(never);
        }
    }

    @BeforeEach
    void boot() {
        system = new OsUnderTest.Setup().cores(2).build();
        system.kernel().runUntilQuiet();
    }

    private List<String> waiting(Call<?> first, Call<?> second) {
        Scheduler scheduler = system.platform().scheduler();
        scheduler.start("first", Priority.USER, first);
        system.kernel().runUntilQuiet();
        scheduler.start("second", Priority.USER, second);
        system.kernel().runUntilQuiet();
        return WaitReport.lines(scheduler.tasks());
    }

    @Test
    void shouldNameTheTaskThatHoldsALock() {
        Mutex lock = new Mutex("card command");
        WaitQueue answer = new WaitQueue("the card");

        assertEquals(
                List.of(
                        "first waits for the card",
                        "second waits for lock card command, held by first"),
                waiting(
                        new Call<>(HOLD, new Holder(lock, answer)),
                        new Call<>(HOLD, new Holder(lock, answer))));
    }

    @Test
    void shouldNameTheStepThatATaskTriesAgainAndAgain() {
        system.platform().scheduler().start("poller", Priority.USER, new Call<>(POLL, this));
        system.kernel().run(system.kernel().nowPs() + 100_000_000, Long.MAX_VALUE);

        assertEquals(
                List.of("poller tries again and again: poll/look"),
                WaitReport.lines(system.platform().scheduler().tasks()));
    }

    @Test
    void shouldSayThatNobodyGivesALockBackAnyMore() {
        Mutex lock = new Mutex("card command");
        WaitQueue answer = new WaitQueue("the card");

        assertEquals(
                List.of("second waits for lock card command, held by a call that has ended"),
                waiting(
                        new Call<>(FORGET, new Holder(lock, answer)),
                        new Call<>(HOLD, new Holder(lock, answer))));
    }
}
