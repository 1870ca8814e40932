package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;

/**
 * do_coredump: one thread writes the memory of the process out, the others wait in their exit; all
 * that time the address space is whole, and devices may use it.
 */
final class CoreDump {
    /** A file system takes about 1 GB/s. */
    private static final long PS_PER_BYTE = 1_000;

    private static final Procedure<CoreDump> DUMP =
            Procedure.<CoreDump>named("do_coredump")
                    .sleeping("dump_user_range", 500_000, CoreDump::write)
                    .sleeping("coredump_finish", 100_000, CoreDump::finish)
                    .build();

    private static final Procedure<CoreDump> WAIT =
            Procedure.<CoreDump>named("coredump_task_exit")
                    .sleeping("wait for the dump", 50_000, CoreDump::await)
                    .build();

    private final Process process;
    private final WaitQueue done;
    private boolean begun;
    private boolean finished;

    CoreDump(Process process) {
        this.process = process;
        this.done = new WaitQueue("core dump of " + process.name());
    }

    /** What a thread does on its way out: the first one dumps. */
    Call<?> join() {
        boolean first = !begun;
        begun = true;
        return new Call<>(first ? DUMP : WAIT, this);
    }

    private Next write(Cpu cpu) {
        return Next.sleep(process.mm().residentBytes() * PS_PER_BYTE);
    }

    private Next finish(Cpu cpu) {
        finished = true;
        done.wakeAll();
        return Next.DONE;
    }

    private Next await(Cpu cpu) {
        return finished ? Next.DONE : Next.await(done);
    }
}
