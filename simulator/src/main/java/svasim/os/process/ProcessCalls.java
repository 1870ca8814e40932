package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.FileOperations;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Step;

/** What steps of a program do to processes, and to devices as a whole. */
final class ProcessCalls {
    private static final Procedure<Hold> HOLD =
            Procedure.<Hold>named("mem_open")
                    .sleeping("mmget_not_zero", 300_000, Hold::take)
                    .build();

    private static final Procedure<Unload> UNLOAD =
            Procedure.<Unload>named("delete_module")
                    .sleeping("try_stop_module", 500_000, Unload::check)
                    .sleeping("driver remove", 200_000, Unload::remove)
                    .build();

    private record Hold(UserThread thread, String process) {
        Next take(Cpu cpu) {
            Process other = thread.process().services().processes().get(process);
            if (other == null || !thread.process().files().hold(other.mm())) {
                thread.process().failed(thread, "hold " + process + ": its memory is gone");
            }
            return Next.DONE;
        }
    }

    private record Unload(UserThread thread, String device) {
        Next check(Cpu cpu) {
            ProcessServices services = thread.process().services();
            FileOperations node = services.devices().node(device);
            if (node == null || services.files().isOpen(node)) {
                String reason = node == null ? "no such device" : "in use";
                thread.process().failed(thread, "unload " + device + ": " + reason);
                return Next.DONE;
            }
            return Next.ON;
        }

        Next remove(Cpu cpu) {
            return Next.call(devices(thread).unload(device));
        }
    }

    private ProcessCalls() {}

    /** Null for a step that is about something else. */
    static Call<?> call(Step step, UserThread thread) {
        if (step instanceof Step.Clone clone) {
            return CloneProcess.call(thread, clone);
        } else if (step instanceof Step.Exec exec) {
            return Exec.call(thread, exec.process());
        } else if (step instanceof Step.SendFile send) {
            return PassFile.send(thread, send.device(), send.to());
        } else if (step instanceof Step.ReceiveFile receive) {
            return PassFile.receive(thread, receive.device());
        } else if (step instanceof Step.Send send) {
            return Signalling.send(thread, send.process(), send.signal());
        } else if (step instanceof Step.Hold hold) {
            return new Call<>(HOLD, new Hold(thread, hold.process()));
        } else if (step instanceof Step.LetGo letGo) {
            return letGo(thread, letGo.process());
        } else if (step instanceof Step.Unload unload) {
            return new Call<>(UNLOAD, new Unload(thread, unload.device()));
        }
        if (step instanceof Step.Remove remove) {
            Call<?> removal = devices(thread).removal(remove.device());
            return orFailure(removal, thread, "remove " + remove.device() + ": no such device");
        } else if (step instanceof Step.Reset reset) {
            Call<?> call = devices(thread).reset(reset.device());
            return orFailure(call, thread, "reset " + reset.device() + ": cannot be reset");
        }
        return null;
    }

    private static Call<?> letGo(UserThread thread, String name) {
        Process other = thread.process().services().processes().get(name);
        Call<?> call = other == null ? null : thread.process().files().letGo(other.mm());
        return orFailure(call, thread, "let-go " + name + ": not held");
    }

    private static Processes.Devices devices(UserThread thread) {
        return thread.process().services().devices();
    }

    /** The call, or nothing but a failure of the step if there is none. */
    private static Call<?> orFailure(Call<?> call, UserThread thread, String failure) {
        if (call == null) {
            thread.process().failed(thread, failure);
            return Call.nothing();
        }
        return call;
    }
}
