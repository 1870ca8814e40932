package svasim.os.kvm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.CrossCall;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.SetPasid;
import svasim.trace.Kind;

/** A number enters or leaves the PASID translation of the virtual cores. */
final class KvmMapping {
    private static final long POLL_PS = 50_000;

    private static final Procedure<KvmMapping> MAP =
            Procedure.<KvmMapping>named("kvm_pasid_bind")
                    .step("ioasid_get of KVM", 0, KvmMapping::get)
                    .step("write PASID translation", 120_000, KvmMapping::write)
                    .build();

    private static final Procedure<KvmMapping> UNMAP =
            Procedure.<KvmMapping>named("kvm_pasid_unbind")
                    .step("clear PASID translation", 80_000, KvmMapping::clear)
                    .step("queue work of KVM", 40_000, KvmMapping::defer)
                    .build();

    private static final Procedure<KvmMapping> FINISH =
            Procedure.<KvmMapping>named("kvm_pasid_work")
                    .sleeping("kick vCPUs", 100_000, KvmMapping::kick)
                    .step("wait for vCPUs", POLL_PS, KvmMapping::await)
                    .sleeping("ioasid_put of KVM", 40_000, KvmMapping::put)
                    .build();

    private final KvmPasids kvm;
    private final SetPasid number;
    private final List<CrossCall> kicks = new ArrayList<>();

    private KvmMapping(KvmPasids kvm, SetPasid number) {
        this.kvm = kvm;
        this.number = number;
    }

    static Call<?> map(KvmPasids kvm, SetPasid number) {
        return new Call<>(MAP, new KvmMapping(kvm, number));
    }

    static Call<?> unmap(KvmPasids kvm, SetPasid number) {
        return new Call<>(UNMAP, new KvmMapping(kvm, number));
    }

    /** Nothing to translate if the number is given up already. */
    private Next get(Cpu cpu) {
        return kvm.isOn() && number.get(kvm.name()) ? Next.ON : Next.DONE;
    }

    private Next write(Cpu cpu) {
        kvm.mapped().add(number);
        kvm.memory().map(number.guest(), number.host(), cpu);
        kvm.tell(Kind.GUEST_PASID_MAPPED, number.guest(), number.host());
        return Next.DONE;
    }

    /** From here on no virtual core begins anything with the number. */
    private Next clear(Cpu cpu) {
        if (!kvm.mapped().remove(number)) {
            return Next.DONE;
        }
        kvm.memory().unmap(number.guest(), cpu);
        kvm.tell(Kind.GUEST_PASID_UNMAPPED, number.guest(), number.host());
        return Next.ON;
    }

    private Next defer(Cpu cpu) {
        kvm.platform().events().add(new Call<>(FINISH, this));
        return Next.DONE;
    }

    private Next kick(Cpu cpu) {
        for (int core = 0; core < kvm.vcpus().count(); core++) {
            kicks.add(kvm.vcpus().call(core, vcpu -> {}));
        }
        return Next.ON;
    }

    /**
     * An interrupt is taken behind the instruction: an ENQCMD that was under way has its answer.
     */
    private Next await(Cpu cpu) {
        boolean over = kicks.stream().allMatch(CrossCall::isDone);
        for (int core = 0; core < kvm.vcpus().count(); core++) {
            over &= !kvm.vcpus().get(core).isEnqueuing();
        }
        return over ? Next.ON : Next.AGAIN;
    }

    private Next put(Cpu cpu) {
        number.put(kvm.name());
        return Next.DONE;
    }
}
