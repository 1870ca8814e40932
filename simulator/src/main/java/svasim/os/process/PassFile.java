package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** sendmsg(2) and recvmsg(2) of an open file: two processes share one struct file then. */
final class PassFile {
    private static final Procedure<PassFile> SEND =
            Procedure.<PassFile>named("unix_attach_fds")
                    .sleeping("scm_fp_copy", 300_000, PassFile::send)
                    .build();

    private static final Procedure<PassFile> RECEIVE =
            Procedure.<PassFile>named("unix_detach_fds")
                    .sleeping("receive_fd", 300_000, PassFile::receive)
                    .build();

    private final UserThread thread;
    private final String device;
    private final String to;

    private PassFile(UserThread thread, String device, String to) {
        this.thread = thread;
        this.device = device;
        this.to = to;
    }

    static Call<?> send(UserThread thread, String device, String to) {
        return new Call<>(SEND, new PassFile(thread, device, to));
    }

    static Call<?> receive(UserThread thread, String device) {
        return new Call<>(RECEIVE, new PassFile(thread, device, thread.process().name()));
    }

    private Next send(Cpu cpu) {
        OpenFile file = thread.process().files().get(device);
        if (file == null) {
            thread.process().failed(thread, "send " + device + ": not open");
        } else {
            thread.process().services().mail().send(to, device, file);
        }
        return Next.DONE;
    }

    private Next receive(Cpu cpu) {
        Mail mail = thread.process().services().mail();
        OpenFile file = mail.find(to, device);
        if (file == null) {
            return thread.signalPending() ? Next.DONE : Next.await(mail.arrivals());
        }
        if (thread.process().files().get(device) == null) {
            thread.process().files().add(device, file);
        } else {
            thread.process().failed(thread, "receive " + device + ": already open");
        }
        mail.received(to, file);
        return Next.DONE;
    }
}
