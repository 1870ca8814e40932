package svasim.models.rogue;

import svasim.cpu.Cpu;
import svasim.device.DriverHost;
import svasim.device.SvaDriver;
import svasim.os.file.JobResult;
import svasim.os.file.Work;
import svasim.os.iommu.FeatureSubset;

/** An honest driver: it knows nothing of what the function does with its orders. */
final class RogueDriver extends SvaDriver {
    RogueDriver(DriverHost host) {
        super(host);
    }

    /** The function has no need to wait for pages, so that it is bound without ATS too. */
    @Override
    public FeatureSubset subset() {
        return FeatureSubset.PINNED_SVA;
    }

    @Override
    protected void start(Cpu cpu, int pasid) {
        write(cpu, Register.PASID, pasid);
        write(cpu, Register.STOP, 0);
    }

    @Override
    protected void stop(Cpu cpu) {
        write(cpu, Register.STOP, 1);
    }

    @Override
    protected boolean isIdle(Cpu cpu) {
        return read(cpu, Register.STATUS.offset()) != Register.BUSY;
    }

    @Override
    protected void begin(Cpu cpu, Work work) {
        RogueWork attack = work.as(RogueWork.class);
        write(cpu, Register.WRITES, attack.op().ordinal());
        write(cpu, Register.BUFFER, work.buffers().address(attack.buffer()));
        write(cpu, Register.BYTES, work.buffers().size(attack.buffer()));
        write(cpu, Register.FROM, attack.from().bytes());
        write(cpu, Register.SIZE, attack.size().bytes());
        write(
                cpu,
                Register.REQUESTER,
                attack.requester() == null ? Register.OWN : attack.requester());
        write(cpu, Register.COUNT, attack.count());
        write(cpu, Register.ATTACK, attack.attack().ordinal());
    }

    @Override
    protected JobResult result(Cpu cpu) {
        long status = read(cpu, Register.STATUS.offset());
        if (status == Register.BUSY) {
            return null;
        }
        Outcome outcome = Outcome.of(status);
        return new JobResult(outcome.words(), outcome.good(), read(cpu, Register.DONE.offset()));
    }

    private void write(Cpu cpu, Register register, long value) {
        write(cpu, register.offset(), value);
    }
}
