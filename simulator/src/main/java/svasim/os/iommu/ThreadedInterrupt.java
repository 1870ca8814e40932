package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.Platform;
import svasim.os.task.Priority;

/** An interrupt of a unit that wakes a thread, which does the work. */
public final class ThreadedInterrupt {
    private final String name;
    private final WaitQueue arrived;
    private final WaitQueue served;
    private boolean pending;

    /**
     * @param name for example {@code "iommu0-prq"}
     */
    public ThreadedInterrupt(String name) {
        this.name = name;
        this.arrived = new WaitQueue(name + " interrupt");
        this.served = new WaitQueue("the thread of " + name);
    }

    /** Starts the thread; returns the message that the unit has to send. */
    public Interrupts.Message enable(
            Cpu cpu, Platform platform, Interrupts interrupts, Call<?> thread) {
        platform.scheduler().start("irq/" + name, Priority.INTERRUPT, thread);
        return interrupts.allocate(name, cpu.number(), nowPs -> raise());
    }

    /** Starts the thread; it hears the wire with this number from now on. */
    public void connect(Cpu cpu, int wire, UnitSite site, Call<?> thread) {
        site.platform().scheduler().start("irq/" + name, Priority.INTERRUPT, thread);
        site.interrupts().connect(wire, name, cpu.number(), nowPs -> raise());
    }

    /** The interrupt has come, to a handler that looks first what it is about. */
    public void raise() {
        pending = true;
        arrived.wakeAll();
    }

    /** The thread: goes on if the interrupt came since the last question, else waits for it. */
    public Next await() {
        if (!pending) {
            return Next.await(arrived);
        }
        pending = false;
        return Next.ON;
    }

    /** The thread has left nothing to do. */
    public void served() {
        served.wakeAll();
    }

    /** Others wait until the thread has left nothing to do, then run their step again. */
    public Next awaitServed() {
        return Next.await(served);
    }
}
