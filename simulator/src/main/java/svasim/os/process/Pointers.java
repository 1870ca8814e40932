package svasim.os.process;

import svasim.os.file.Work;
import svasim.os.mm.KernelArea;
import svasim.os.mm.KernelMemory;

/**
 * The addresses that a program writes into work for a device: of its own buffers, and of memory of
 * the kernel, which it cannot reach but may have guessed.
 */
record Pointers(Process process) implements Work.Buffers {
    static KernelMemory kernel(Process process) {
        return process.services().processes().memory().kernel();
    }

    @Override
    public long address(String buffer) {
        KernelArea area = area(buffer);
        return area == null ? process.pointerForDevice(buffer) : area.start();
    }

    @Override
    public long size(String buffer) {
        KernelArea area = area(buffer);
        return area == null ? process.size(buffer) : area.bytes();
    }

    /** Null for a buffer, which hides an area with the same name. */
    private KernelArea area(String name) {
        return process.isMapped(name) ? null : kernel(process).area(name);
    }
}
