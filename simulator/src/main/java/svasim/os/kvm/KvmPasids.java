package svasim.os.kvm;

import java.util.LinkedHashSet;
import java.util.Set;
import svasim.cpu.Cores;
import svasim.cpu.Cpu;
import svasim.cpu.PasidExits;
import svasim.cpu.PasidTranslation;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.PasidEvent;
import svasim.os.sva.PasidSet;
import svasim.os.sva.PasidUser;
import svasim.os.sva.SetPasid;
import svasim.os.task.Platform;
import svasim.trace.Kind;

/**
 * KVM as a user of the numbers of a virtual machine (reference 2.9): while a number is bound its
 * virtual cores translate it. The entry is the first that goes, and KVM lets the number go when
 * every virtual core has ended the ENQCMD that it was at.
 */
public final class KvmPasids implements PasidUser {
    private static final Procedure<KvmPasids> CREATE =
            Procedure.<KvmPasids>named("kvm_pasid_init")
                    .sleeping("allocate PASID directories", 400_000, KvmPasids::allocate)
                    .sleeping("write VMCS fields", 200_000, KvmPasids::switchOn)
                    .build();

    private static final Procedure<KvmPasids> DESTROY =
            Procedure.<KvmPasids>named("kvm_pasid_exit")
                    .sleeping("switch PASID translation off", 200_000, KvmPasids::switchOff)
                    .sleeping("drop references of KVM", 100_000, KvmPasids::drop)
                    .sleeping("free PASID directories", 400_000, KvmPasids::free)
                    .build();

    private final PasidSet set;
    private final Cores vcpus;
    private final Platform platform;
    private final ExitHandler handler;
    private final TranslationMemory memory;
    private final int lane;
    private final Set<SetPasid> mapped = new LinkedHashSet<>();
    private boolean on;

    /** Counts an exit and spends its time. */
    @FunctionalInterface
    public interface ExitHandler {
        /**
         * @param reason {@link PasidExits#ENQCMD} or {@link PasidExits#ENQCMDS}
         */
        void left(int reason, Cpu cpu);
    }

    /**
     * @param vcpus of the virtual machine
     * @param platform of the host
     */
    public KvmPasids(PasidSet set, Cores vcpus, Platform platform, ExitHandler handler) {
        this.set = set;
        this.vcpus = vcpus;
        this.platform = platform;
        this.handler = handler;
        this.memory = new TranslationMemory(platform.frames(), set.id());
        this.lane = platform.trace().lane("kvm");
    }

    /** Switches PASID translation on, with nothing translated. */
    public Call<?> create() {
        return new Call<>(CREATE, this);
    }

    /** Switches it off and drops every reference, when the virtual cores do not run any more. */
    public Call<?> destroy() {
        return new Call<>(DESTROY, this);
    }

    @Override
    public Rank rank() {
        return Rank.CPU;
    }

    @Override
    public String name() {
        return "KVM";
    }

    @Override
    public Call<?> told(PasidEvent event, SetPasid number) {
        return switch (event) {
            case BIND -> KvmMapping.map(this, number);
            case UNBIND, FREE -> end(number);
            default -> Call.nothing();
        };
    }

    /** With the bug the number is let go, and the entry stays. */
    private Call<?> end(SetPasid number) {
        if (platform.defects().has(Defect.S26)) {
            number.put(name());
            return Call.nothing();
        }
        return KvmMapping.unmap(this, number);
    }

    private Next allocate(Cpu cpu) {
        memory.allocate();
        return Next.ON;
    }

    private Next switchOn(Cpu cpu) {
        PasidTranslation translation =
                new PasidTranslation(
                        platform.memory(),
                        memory.low(),
                        memory.high(),
                        vcpus.config().load(),
                        new Exits());
        for (int core = 0; core < vcpus.count(); core++) {
            vcpus.get(core).translatePasids(translation);
        }
        set.add(this);
        on = true;
        return Next.DONE;
    }

    private Next switchOff(Cpu cpu) {
        for (int core = 0; core < vcpus.count(); core++) {
            vcpus.get(core).translatePasids(null);
        }
        on = false;
        return Next.ON;
    }

    private Next drop(Cpu cpu) {
        mapped.forEach(n -> tell(Kind.GUEST_PASID_UNMAPPED, n.guest(), n.host()));
        mapped.clear();
        set.remove(this);
        return Next.ON;
    }

    private Next free(Cpu cpu) {
        memory.free();
        return Next.DONE;
    }

    /** Whether the virtual cores translate. */
    boolean isOn() {
        return on;
    }

    /** Numbers that the virtual cores translate. */
    Set<SetPasid> mapped() {
        return mapped;
    }

    TranslationMemory memory() {
        return memory;
    }

    Cores vcpus() {
        return vcpus;
    }

    Platform platform() {
        return platform;
    }

    void tell(Kind kind, int guest, int second) {
        platform.trace().tell(kind, lane, guest, second, set.id());
    }

    /** What virtual cores tell at ENQCMD. */
    private final class Exits implements PasidExits {
        @Override
        public void translated(int guestPasid, int hostPasid) {
            tell(Kind.GUEST_ENQUEUED, guestPasid, hostPasid);
        }

        /** A number that the guest has will be translated once it is bound. */
        @Override
        public boolean untranslated(int reason, int guestPasid, Cpu cpu) {
            tell(Kind.GUEST_ENQUEUE_EXIT, guestPasid, reason);
            handler.left(reason, cpu);
            return set.find(guestPasid) != null;
        }
    }
}
