package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** close(2): the descriptor goes at once, the file with its last reference. */
final class CloseDevice {
    private static final Procedure<CloseDevice> CLOSE =
            Procedure.<CloseDevice>named("filp_close")
                    .sleeping("flush", 80_000, CloseDevice::flush)
                    .sleeping("fput", 40_000, CloseDevice::fput)
                    .build();

    private final UserThread thread;
    private final String device;
    private OpenFile file;

    private CloseDevice(UserThread thread, String device) {
        this.thread = thread;
        this.device = device;
    }

    static Call<?> call(UserThread thread, String device) {
        return new Call<>(CLOSE, new CloseDevice(thread, device));
    }

    private Next flush(Cpu cpu) {
        file = thread.process().files().remove(device);
        if (file == null) {
            thread.process().failed(thread, "close " + device + ": not open");
            return Next.DONE;
        }
        return Next.call(file.operations().flush(file));
    }

    private Next fput(Cpu cpu) {
        thread.process().files().put(file);
        return Next.DONE;
    }
}
