package svasim.device;

/** Looks at memory behind a base address register as no access does: at once, without a trace. */
@FunctionalInterface
public interface BarContents {
    byte[] look(int bar, long offset, int bytes);
}
