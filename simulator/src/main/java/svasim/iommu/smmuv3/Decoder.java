package svasim.iommu.smmuv3;

import java.util.EnumSet;
import java.util.Set;
import svasim.paging.Granule;
import svasim.paging.Stage;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.VmsaStage2;
import svasim.paging.VmsaStage2Format;

/** Makes of legal entries and descriptors what translation uses: worlds, tags, stages. */
final class Decoder {
    private final Features features;
    private final Control control;

    Decoder(Features features, Control control) {
        this.features = features;
        this.control = control;
    }

    Stream stream(StreamTableEntry ste) {
        World world = World.of(ste, features, control.e2h());
        boolean tagged = features.has(IdField.S2P) && world.usesVmid();
        return new Stream(
                ste,
                world,
                tagged ? ste.s2Vmid() : 0,
                ste.stage1() && features.has(IdField.SSIDSIZE) ? ste.s1CdMax() : 0,
                ste.stage2() ? stage2(ste) : null);
    }

    Context context(ContextDescriptor cd, World world) {
        return new Context(
                cd,
                ContextDescriptorCheck.used(cd, 0, world) ? stage1(cd, 0, world) : null,
                ContextDescriptorCheck.used(cd, 1, world) ? stage1(cd, 1, world) : null,
                world.usesAsid() ? cd.asid() : 0);
    }

    private Stage stage1(ContextDescriptor cd, int half, World world) {
        int shift = cd.granuleShift(half);
        int outputBits = Legality.outputBits(cd.ips(), shift, cd.ds(), features);
        var format = new VmsaStage1Format(granule(shift), wide(shift, cd.ds()));
        var sizes = VmsaSizes.ofStage1(format, Long.SIZE - cd.tsz(half), outputBits);
        return new VmsaStage1(format, sizes, cd.ttb(half), options(cd, half, world));
    }

    private Set<VmsaStage1.Option> options(ContextDescriptor cd, int half, World world) {
        Set<VmsaStage1.Option> options = EnumSet.noneOf(VmsaStage1.Option.class);
        add(options, VmsaStage1.Option.UPPER_HALF, half == 1);
        add(options, VmsaStage1.Option.TOP_BYTE_IGNORED, cd.topByteIgnored(half));
        add(
                options,
                VmsaStage1.Option.UNPRIVILEGED_DISABLED,
                cd.unprivilegedDisabled(half) && features.has(IdField.E0PD) && world.hasHighHalf());
        add(
                options,
                VmsaStage1.Option.HIERARCHY_DISABLED,
                cd.hierarchyDisabled(half) && features.has(IdField.HAD));
        add(options, VmsaStage1.Option.ONE_PRIVILEGE, world == World.EL2);
        add(options, VmsaStage1.Option.PRIVILEGED_ACCESS_NEVER, cd.pan());
        add(
                options,
                VmsaStage1.Option.ENHANCED_PAN,
                cd.enhancedPan() && features.has(IdField.EPAN));
        add(options, VmsaStage1.Option.WRITABLE_EXECUTE_NEVER, cd.wxn());
        add(options, VmsaStage1.Option.HARDWARE_ACCESS, cd.ha());
        add(
                options,
                VmsaStage1.Option.HARDWARE_TABLE_ACCESS,
                cd.haft() && features.updatesTables());
        add(options, VmsaStage1.Option.HARDWARE_DIRTY, cd.hd());
        add(options, VmsaStage1.Option.ACCESS_FLAG_IGNORED, cd.accessFaultDisabled());
        add(options, VmsaStage1.Option.BIG_ENDIAN, cd.bigEndian());
        return options;
    }

    private Stage stage2(StreamTableEntry ste) {
        int shift = ste.s2GranuleShift();
        int outputBits = Legality.outputBits(ste.s2Ps(), shift, ste.s2Ds(), features);
        var format = new VmsaStage2Format(granule(shift), wide(shift, ste.s2Ds()));
        var sizes =
                new VmsaSizes(
                        Long.SIZE - ste.s2T0Sz(),
                        VmsaFormat.level(Stage2StartLevel.of(ste, features)),
                        outputBits);
        return new VmsaStage2(format, sizes, ste.s2Ttb(), options(ste));
    }

    private Set<VmsaStage2.Option> options(StreamTableEntry ste) {
        Set<VmsaStage2.Option> options = EnumSet.noneOf(VmsaStage2.Option.class);
        add(options, VmsaStage2.Option.HARDWARE_ACCESS, ste.s2Ha());
        add(
                options,
                VmsaStage2.Option.HARDWARE_TABLE_ACCESS,
                ste.s2Haft() && features.updatesTables());
        add(options, VmsaStage2.Option.HARDWARE_DIRTY, ste.s2Hd());
        add(options, VmsaStage2.Option.ACCESS_FLAG_IGNORED, ste.s2AccessFaultDisabled());
        add(options, VmsaStage2.Option.EXECUTE_PER_PRIVILEGE, features.has(IdField.XNX));
        add(options, VmsaStage2.Option.BIG_ENDIAN, ste.s2BigEndian());
        add(options, VmsaStage2.Option.PROTECTED_TABLE_WALK, ste.s2ProtectedTableWalk());
        add(options, VmsaStage2.Option.FORCED_WRITE_BACK, ste.s2Fwb() && features.has(IdField.FWB));
        return options;
    }

    /** Whether tables of this granule hold addresses of 52 bits. */
    private boolean wide(int granuleShift, boolean ds) {
        return features.outputBits() >= Legality.WIDE_BITS && granuleShift == Granule.KIB_64.shift()
                || granuleShift != Granule.KIB_64.shift()
                        && Legality.wideAddresses(granuleShift, ds, features);
    }

    private static Granule granule(int shift) {
        for (Granule granule : Granule.values()) {
            if (granule.shift() == shift) {
                return granule;
            }
        }
        throw new IllegalStateException("no granule of 2^" + shift + " bytes");
    }

    private static <T> void add(Set<T> options, T option, boolean wanted) {
        if (wanted) {
            options.add(option);
        }
    }
}
