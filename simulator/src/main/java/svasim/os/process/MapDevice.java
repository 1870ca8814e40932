package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mmap;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** mmap(2) of an open device: the mapping holds the file, whatever happens to the descriptor. */
final class MapDevice {
    private static final Procedure<MapDevice> MAP =
            Procedure.<MapDevice>named("mmap device")
                    .sleeping("driver mmap", 150_000, MapDevice::askDriver)
                    .sleeping("map", 20_000, MapDevice::map)
                    .sleeping("leave", 20_000, MapDevice::note)
                    .build();

    private final UserThread thread;
    private final String device;
    private final DeviceMapping mapping;
    private OpenFile file;
    private Mmap mmap;

    private MapDevice(UserThread thread, String device, long bytes) {
        this.thread = thread;
        this.device = device;
        this.mapping = new DeviceMapping(thread.process().mm(), bytes);
    }

    static Call<?> call(UserThread thread, String device, long bytes) {
        return new Call<>(MAP, new MapDevice(thread, device, bytes));
    }

    private Next askDriver(Cpu cpu) {
        file = thread.process().files().get(device);
        if (file == null || file.isGone()) {
            String reason = file == null ? "not open" : "the device is gone";
            thread.process().failed(thread, "mmap " + device + ": " + reason);
            return Next.DONE;
        }
        file.use();
        return Next.call(file.operations().mmap(file, mapping));
    }

    private Next map(Cpu cpu) {
        if (!mapping.isGranted()) {
            thread.process().failed(thread, "mmap " + device + ": " + mapping.refusal());
            return Next.DONE;
        }
        mmap =
                mapping.mm()
                        .mapDevice(file, mapping.physical(), mapping.bytes(), mapping.operations());
        return Next.call(mmap.call());
    }

    private Next note(Cpu cpu) {
        thread.process().deviceMapped(device, new Process.Mapped(mmap.start(), mmap.bytes(), file));
        return Next.DONE;
    }
}
