package svasim.iommu.core;

/** A command of 16 bytes, or the part with content of a longer one, as a driver writes it. */
public interface QueueCommand {
    long word0();

    long word1();
}
