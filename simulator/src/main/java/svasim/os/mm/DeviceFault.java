package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * do_swap_page of a device-private entry: a core, or a device that translates like one, touches a
 * page in the memory of a device, which comes back for that.
 */
final class DeviceFault {
    private static final Procedure<DeviceFault> FAULT =
            Procedure.<DeviceFault>named("migrate_to_ram")
                    .sleeping("lock device page", 100_000, DeviceFault::lock)
                    .sleeping("charge memory", 0, DeviceFault::charge)
                    .sleeping("copy from device", 200_000, DeviceFault::copy)
                    .step("set PTE", 100_000, DeviceFault::map)
                    .sleeping("unlock device page", 50_000, DeviceFault::unlock)
                    .build();

    private final Fault fault;
    private final DevicePage source;
    private Page fresh;

    private DeviceFault(Fault fault) {
        this.fault = fault;
        this.source = fault.memory().devicePages().at(note().number());
    }

    static Call<?> call(Fault fault) {
        return new Call<>(FAULT, new DeviceFault(fault));
    }

    private Note note() {
        return fault.mm().tables().noteAt(fault.va());
    }

    private boolean isStill() {
        return note().equals(Note.device(source));
    }

    /** Two cores may come for the same page: the later one finds it in memory. */
    private Next lock(Cpu cpu) {
        if (!isStill()) {
            return Next.DONE;
        }
        if (source.isLocked()) {
            return Next.await(source.unlocked());
        }
        source.lock();
        source.hold();
        return Next.ON;
    }

    private Next charge(Cpu cpu) {
        return Charge.next(fault.mm(), 1);
    }

    private Next copy(Cpu cpu) {
        fresh = fault.pages().allocate(fault.mm());
        return Next.call(source.memory().copyOut(source, fresh.frame()));
    }

    private Next map(Cpu cpu) {
        if (fault.mm().tableLock().isTaken()) {
            return Next.AGAIN;
        }
        if (isStill() && !source.memory().isLost(source)) {
            fault.mm().tables().clear(cpu, fault.va());
            source.places().remove(new MappedAt(fault.mm(), fault.va()));
            fault.map(cpu, fresh);
        } else {
            fault.pages().put(fresh);
        }
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        source.unlock();
        fault.memory().devicePages().put(source);
        return Next.DONE;
    }
}
