package svasim.device;

import svasim.cpu.Cpu;
import svasim.os.file.DeviceMapping;
import svasim.os.file.JobResult;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.procedure.Call;

/**
 * A driver to begin with: the device serves one open file at a time. Opening it binds the opener's
 * address space and tells the device its PASID; release stops the device, waits until it is idle,
 * and unbinds. Work is handed in and waited for by accesses to registers.
 */
public abstract class SvaDriver implements DeviceDriver {
    private final DriverHost host;
    private OpenFile opener;
    private SvaJob current;

    protected SvaDriver(DriverHost host) {
        this.host = host;
    }

    /** Lets the device use an address space. */
    protected abstract void start(Cpu cpu, int pasid);

    /** Has the device begin nothing more, and forget its PASID when it is idle. */
    protected abstract void stop(Cpu cpu);

    /** Whether the device touches no memory any more. */
    protected abstract boolean isIdle(Cpu cpu);

    /** Hands in a piece of work; the one before has ended. */
    protected abstract void begin(Cpu cpu, Work work);

    /** What became of the work, or null if it has not ended. */
    protected abstract JobResult result(Cpu cpu);

    /** Reads a register of BAR 0, 8 bytes. */
    protected final long read(Cpu cpu, long offset) {
        return cpu.readMmio(host.bar(0) + offset, Long.BYTES);
    }

    /** Writes a register of BAR 0, 8 bytes. */
    protected final void write(Cpu cpu, long offset, long value) {
        cpu.writeMmio(host.bar(0) + offset, Long.BYTES, value);
    }

    @Override
    public final String name() {
        return host.name();
    }

    /** There is nothing to set up. */
    @Override
    public Call<?> probe() {
        return Call.nothing();
    }

    @Override
    public Call<?> remove() {
        return Call.nothing();
    }

    @Override
    public final Call<?> open(OpenFile file) {
        return SvaOpen.call(this, file);
    }

    /** Programs reach the device through the kernel. */
    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        mapping.refuse(name() + ": registers are not for programs");
        return Call.nothing();
    }

    @Override
    public final Submission submit(OpenFile file, Work work) {
        SvaJob job = new SvaJob(this, work);
        return new Submission(job.submission(), job);
    }

    @Override
    public final Call<?> release(OpenFile file) {
        return SvaRelease.call(this, file);
    }

    final DriverHost host() {
        return host;
    }

    /** The job that was handed in last, or null. */
    final SvaJob current() {
        return current;
    }

    final void current(SvaJob job) {
        current = job;
    }

    /**
     * Gives the device to a file.
     *
     * @return false if another one has it
     */
    final boolean take(OpenFile file) {
        if (opener != null) {
            return false;
        }
        opener = file;
        current = null;
        return true;
    }

    final void give() {
        opener = null;
    }
}
