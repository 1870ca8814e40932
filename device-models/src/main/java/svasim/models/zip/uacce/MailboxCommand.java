package svasim.models.zip.uacce;

import svasim.cpu.Cpu;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.QueueContext;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/** hisi_qm_mb: gives the queue manager a command and polls for its end. */
final class MailboxCommand {
    private static final long POLL_PS = Picoseconds.PER_MICROSECOND;

    private static final Procedure<MailboxCommand> COMMAND =
            Procedure.<MailboxCommand>named("hisi_qm_mb")
                    .sleeping("take mailbox", 30_000, MailboxCommand::lock)
                    .step("write context", 50_000, MailboxCommand::writeContext)
                    .step("write mailbox", 20_000, MailboxCommand::write)
                    .sleeping("read mailbox", 20_000, MailboxCommand::read)
                    .sleeping("read again", 1_000, (frame, cpu) -> Next.jump("read mailbox"))
                    .build();

    private final ZipDriver driver;
    private final int command;
    private final int queue;
    private final QueueContext context;
    private boolean failed;

    /**
     * @param context what the command hands over, or null
     */
    MailboxCommand(ZipDriver driver, int command, int queue, QueueContext context) {
        this.driver = driver;
        this.command = command;
        this.queue = queue;
        this.context = context;
    }

    Call<?> call() {
        return new Call<>(COMMAND, this);
    }

    /** Whether the device has refused it; valid after the call. */
    boolean failed() {
        return failed;
    }

    private Next lock(Cpu cpu) {
        return driver.mailboxLock().take(this);
    }

    private Next writeContext(Cpu cpu) {
        if (context != null) {
            Region.store(cpu, driver.contexts().physical(0), context.toBytes());
        }
        return Next.ON;
    }

    private Next write(Cpu cpu) {
        driver.give(cpu, new Mailbox(command, queue, driver.contexts().iova()));
        return Next.ON;
    }

    private Next read(Cpu cpu) {
        int word = driver.mailboxWord(cpu);
        if ((word & Mailbox.BUSY) != 0) {
            return Next.sleep(POLL_PS);
        }
        failed = (word & Mailbox.STATUS_MASK) != 0;
        driver.mailboxLock().give(this);
        return Next.DONE;
    }
}
