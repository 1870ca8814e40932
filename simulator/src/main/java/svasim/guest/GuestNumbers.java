package svasim.guest;

import java.util.List;
import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.VirtualCommands;
import svasim.os.Os;
import svasim.os.kvm.KvmPasids;
import svasim.os.procedure.Call;
import svasim.os.sva.GuestBonds;
import svasim.os.sva.GuestCommands;
import svasim.os.sva.PasidSet;
import svasim.os.sva.SetPasid;
import svasim.pcie.tlp.PasidPrefix;

/**
 * The PASIDs of the machine that a guest has, because it shares devices with others: the guest gets
 * them by virtual commands and has names of its own for them.
 */
public final class GuestNumbers {
    private static final String ENQCMD = "enqcmd";

    private final PasidSet set;
    private final GuestBonds bonds;
    private final GuestCommands commands;

    /** Null where cores do not translate PASIDs. */
    private final KvmPasids kvm;

    GuestNumbers(Guest guest) {
        Os host = guest.host().os();
        set =
                host.sva()
                        .newSet(
                                guest.name(),
                                guest.config().pasids().quota(),
                                PasidSet.Numbering.PRIVATE);
        bonds = host.sva().bonds(set);
        commands = new GuestCommands(set, PasidPrefix.MAX_PASID + 1, host.platform().events());
        boolean translates = guest.cores().architecture() == Architecture.X86_64;
        kvm =
                translates
                        ? new KvmPasids(
                                set,
                                guest.cores(),
                                host.platform(),
                                (reason, cpu) -> left(guest, cpu))
                        : null;
        guest.exits().reason(ENQCMD, "ENQCMD and ENQCMDS with a PASID that is not translated");
    }

    private static void left(Guest guest, Cpu cpu) {
        long ps = guest.config().exits().trap().value();
        guest.exits().happened(ENQCMD, ps);
        cpu.spend(ps);
    }

    public PasidSet set() {
        return set;
    }

    GuestBonds bonds() {
        return bonds;
    }

    /** Behind the registers by which the guest asks for numbers. */
    public VirtualCommands commands() {
        return commands;
    }

    /** What the bus carries for a number of the guest; ALL and "without" stay as they are. */
    int host(int guest) {
        boolean special = guest == Forwarding.ALL || guest == PasidPrefix.NONE;
        SetPasid number = special ? null : set.find(guest);
        return number == null ? PasidPrefix.NONE : number.host();
    }

    /** What the guest calls a number of the bus; {@code PasidPrefix.NONE} for one that it lost. */
    int guest(int host) {
        SetPasid number = host == PasidPrefix.NONE ? null : set.findHost(host);
        return number == null ? PasidPrefix.NONE : number.guest();
    }

    /** The same; {@link GuestTerms#FOREIGN} for one that is not its own. */
    int named(int host) {
        SetPasid number = host == PasidPrefix.NONE ? null : set.findHost(host);
        return number == null ? GuestTerms.FOREIGN : number.guest();
    }

    /** The virtual machine is there. */
    Call<?> open() {
        return kvm == null ? Call.nothing() : kvm.create();
    }

    /** It ends: every number goes back, when the last who uses it has let go. */
    Call<?> close() {
        Call<?> end = kvm == null ? Call.nothing() : kvm.destroy();
        return Call.sequence(List.of(end, set.freeAll(), set.awaitReclaimed()));
    }
}
