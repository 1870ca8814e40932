package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** A set takes a number of the system (ioasid_alloc with a quota, reference 2.9). */
final class SettingAside {
    private static final Procedure<SettingAside> ALLOCATE =
            Procedure.<SettingAside>named("ioasid_alloc")
                    .sleeping("check quota of set", 50_000, SettingAside::checkQuota)
                    .sleeping("take number for set", 300_000, SettingAside::take)
                    .step("notify ALLOC", 20_000, SettingAside::tell)
                    .build();

    private final PasidSet set;
    private final PasidAllocation wanted;

    private SettingAside(PasidSet set, PasidAllocation wanted) {
        this.set = set;
        this.wanted = wanted;
    }

    static Call<?> call(PasidSet set, PasidAllocation wanted) {
        return new Call<>(ALLOCATE, new SettingAside(set, wanted));
    }

    private Next checkQuota(Cpu cpu) {
        return set.isFull() ? refuse(set.refusal()) : Next.ON;
    }

    /** The quota is looked at again, since others may have taken numbers meanwhile. */
    private Next take(Cpu cpu) {
        if (set.isFull()) {
            return refuse(set.refusal());
        }
        SetPasid number = set.take(wanted.limit());
        if (number == null) {
            return refuse(Refusals.exhausted(set.bound(wanted.limit())));
        }
        wanted.granted(number);
        return Next.ON;
    }

    private Next tell(Cpu cpu) {
        return Next.call(set.tell(PasidEvent.ALLOC, wanted.number()));
    }

    private Next refuse(String reason) {
        wanted.refused(reason);
        return Next.DONE;
    }
}
