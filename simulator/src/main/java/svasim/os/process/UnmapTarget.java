package svasim.os.process;

import svasim.os.procedure.Call;

/** munmap(2) of a buffer or of a device's memory. */
final class UnmapTarget {
    private UnmapTarget() {}

    static Call<?> call(UserThread thread, String target) {
        Process process = thread.process();
        if (process.isMapped(target)) {
            long start = process.address(target);
            process.unmapped(target);
            return process.mm().unmap(start, process.pages(target));
        }
        Process.Mapped device = process.deviceUnmapped(target);
        if (device == null) {
            process.failed(thread, "munmap " + target + ": not mapped");
            return Call.nothing();
        }
        return process.mm().unmap(device.start(), device.bytes());
    }
}
