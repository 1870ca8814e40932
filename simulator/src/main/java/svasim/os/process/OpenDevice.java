package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.FileOperations;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** open(2) of a device node. */
final class OpenDevice {
    private static final Procedure<OpenDevice> OPEN =
            Procedure.<OpenDevice>named("do_sys_open")
                    .sleeping("allocate file", 500_000, OpenDevice::allocate)
                    .sleeping("driver open", 80_000, OpenDevice::driverOpen)
                    .sleeping("fd_install", 60_000, OpenDevice::install)
                    .build();

    private final UserThread thread;
    private final String device;
    private final boolean closeOnExec;
    private OpenFile file;

    private OpenDevice(UserThread thread, String device, boolean closeOnExec) {
        this.thread = thread;
        this.closeOnExec = closeOnExec;
        this.device = device;
    }

    static Call<?> call(UserThread thread, String device, boolean closeOnExec) {
        return new Call<>(OPEN, new OpenDevice(thread, device, closeOnExec));
    }

    private Next allocate(Cpu cpu) {
        ProcessServices services = thread.process().services();
        FileOperations operations = services.devices().node(device);
        if (operations == null || thread.process().files().get(device) != null) {
            String reason = operations == null ? "no such device" : "already open";
            thread.process().failed(thread, "open " + device + ": " + reason);
            return Next.DONE;
        }
        file = services.files().create(operations, thread.process().mm(), thread.task());
        return Next.ON;
    }

    private Next driverOpen(Cpu cpu) {
        thread.process().services().files().opening(file);
        return Next.call(file.operations().open(file));
    }

    /** A file whose driver refused it never had a reference, and is not released. */
    private Next install(Cpu cpu) {
        thread.process().services().files().opened(file);
        if (file.refusal() != null) {
            thread.process().failed(thread, "open " + device + ": " + file.refusal());
        } else {
            thread.process().files().add(device, file);
            if (closeOnExec) {
                thread.process().files().closeOnExec(device);
            }
        }
        return Next.DONE;
    }
}
