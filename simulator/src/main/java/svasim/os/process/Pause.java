package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.kernel.EventHandler;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/** Sleep and compute: time passes off or on the core; a fatal signal ends both early. */
final class Pause implements EventHandler {
    /** A computing thread can be preempted or killed this often. */
    private static final long SLICE_PS = 1_000_000;

    private static final Procedure<Pause> SLEEP =
            Procedure.<Pause>named("nanosleep")
                    .sleeping("set timer", 200_000, Pause::setTimer)
                    .sleeping("sleep", 50_000, Pause::sleep)
                    .build();

    private static final Procedure<Pause> COMPUTE =
            Procedure.<Pause>named("compute").sleeping("work", 0, Pause::compute).build();

    private final UserThread thread;
    private final WaitQueue timer = new WaitQueue("timer");
    private long leftPs;
    private boolean expired;

    private Pause(UserThread thread, long ps) {
        this.thread = thread;
        this.leftPs = ps;
    }

    static Call<?> sleep(UserThread thread, long ps) {
        return new Call<>(SLEEP, new Pause(thread, ps));
    }

    static Call<?> compute(UserThread thread, long ps) {
        return new Call<>(COMPUTE, new Pause(thread, ps));
    }

    private Next setTimer(Cpu cpu) {
        thread.process().services().platform().kernel().after(leftPs, this, 0, 0);
        return Next.ON;
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        expired = true;
        timer.wakeAll();
    }

    private Next sleep(Cpu cpu) {
        return expired || thread.signalPending() ? Next.DONE : Next.await(timer);
    }

    private Next compute(Cpu cpu) {
        if (leftPs <= 0 || thread.signalPending()) {
            return Next.DONE;
        }
        long slice = Math.min(leftPs, SLICE_PS);
        leftPs -= slice;
        cpu.spend(slice);
        return Next.AGAIN;
    }
}
