package svasim.iommu.smmuv2;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import svasim.iommu.core.Bits;
import svasim.paging.Granule;
import svasim.paging.Stage;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.VmsaStage2;
import svasim.paging.VmsaStage2Format;

/**
 * Makes of the registers of context banks what translation uses (reference smmuv2.md 2 and 3). A
 * half or a stage whose size, granule or start level does not exist has no tables: every address
 * meets a translation fault.
 */
final class Contexts {
    private static final int LEVEL_OF_SL0_4K = 2;
    private static final int LEVEL_OF_SL0 = 3;
    private static final int RESERVED_SL0 = 3;
    private static final int LOW_ASID = 0xFF;
    private static final long TABLE_ADDRESS = (1L << 48) - 1;

    private final Features features;
    private final ContextAttributes attributes;
    private final List<ContextBank> banks;

    /** By bank; null if the registers have changed since they were looked at. */
    private final Context[] known;

    Contexts(Features features, ContextAttributes attributes, List<ContextBank> banks) {
        this.features = features;
        this.attributes = attributes;
        this.banks = banks;
        known = new Context[banks.size()];
    }

    /** Registers of some bank have changed. */
    void changed() {
        Arrays.fill(known, null);
    }

    /** The context that S2CR names by its CBNDX. */
    Context of(int number) {
        if (number >= known.length) {
            return Context.refused(Fault.UCBF, null);
        }
        if (known[number] == null) {
            known[number] = decode(banks.get(number));
        }
        return known[number];
    }

    private Context decode(ContextBank bank) {
        int number = bank.number();
        if (attributes.interrupt(number) >= features.contextInterrupts()) {
            return Context.refused(Fault.UCIF, bank);
        }
        if (!attributes.wide(number)) {
            return Context.refused(Fault.ICF, bank);
        }
        return switch (attributes.type(number)) {
            case BankAttributes.STAGE_2 ->
                    features.stage2()
                            ? context(bank, null, bank)
                            : Context.refused(Fault.ICF, bank);
            case BankAttributes.STAGE_1 ->
                    features.stage1()
                            ? context(bank, bank, null)
                            : Context.refused(Fault.ICF, bank);
            case BankAttributes.NESTED -> nested(bank);
            default -> Context.refused(Fault.ICF, bank);
        };
    }

    private Context nested(ContextBank bank) {
        int second = attributes.stage2Bank(bank.number());
        if (!features.nested()) {
            return Context.refused(Fault.ICF, bank);
        }
        if (second >= banks.size()) {
            return Context.refused(Fault.UCBF, bank);
        }
        boolean ofStage2 =
                attributes.type(second) == BankAttributes.STAGE_2 && attributes.wide(second);
        return ofStage2 ? context(bank, bank, banks.get(second)) : Context.refused(Fault.ICF, bank);
    }

    private Context context(ContextBank bank, ContextBank first, ContextBank second) {
        boolean stage1 = first != null && first.control(SystemControl.ENABLE);
        boolean stage2 = second != null && second.control(SystemControl.ENABLE);
        long stage2Tag = stage2 ? Tags.stage2(attributes.vmid(second.number())) : 0;
        return new Context(
                null,
                bank,
                stage1 ? firstStage(first) : null,
                stage2 ? second : null,
                stage2 ? stage2(second) : null,
                stage1 ? tag(first) : stage2Tag,
                stage2Tag);
    }

    private long tag(ContextBank bank) {
        int register =
                TranslationControl.asidInSecond(bank.word(BankRegister.TCR))
                        ? BankRegister.TTBR1
                        : BankRegister.TTBR0;
        int asid = Bits.small(bank.wide(register), 63, 48);
        boolean wide = TranslationControl.wideAsid(bank.word(BankRegister.TCR2));
        long tag =
                Tags.of(
                        attributes.type(bank.number()),
                        attributes.vmid(bank.number()),
                        wide ? asid : asid & LOW_ASID);
        return bank.control(SystemControl.PRIVATE_ASID) ? tag | Tags.OWN_SET : tag;
    }

    private Context.FirstStage firstStage(ContextBank bank) {
        int signBit =
                TranslationControl.signBit(bank.word(BankRegister.TCR2), features.upstreamBits());
        return new Context.FirstStage(signBit, stage1(bank, 0), stage1(bank, 1));
    }

    private Stage stage1(ContextBank bank, int half) {
        int tcr = bank.word(BankRegister.TCR);
        Granule granule = TranslationControl.granule(tcr, half);
        int inputBits = TranslationControl.inputBits(tcr, half);
        if (TranslationControl.walksDisabled(tcr, half) || !offered(granule) || inputBits == 0) {
            return null;
        }
        var format = new VmsaStage1Format(granule, false);
        int size = TranslationControl.outputSize(bank.word(BankRegister.TCR2));
        var sizes = VmsaSizes.ofStage1(format, inputBits, features.cappedBits(size));
        long table = bank.wide(half == 0 ? BankRegister.TTBR0 : BankRegister.TTBR1);
        return new VmsaStage1(format, sizes, table & TABLE_ADDRESS, options(bank, half));
    }

    private static Set<VmsaStage1.Option> options(ContextBank bank, int half) {
        Set<VmsaStage1.Option> options = EnumSet.noneOf(VmsaStage1.Option.class);
        if (half == 1) {
            options.add(VmsaStage1.Option.UPPER_HALF);
        }
        if (bank.control(SystemControl.BIG_ENDIAN)) {
            options.add(VmsaStage1.Option.BIG_ENDIAN);
        }
        return options;
    }

    private Stage stage2(ContextBank bank) {
        int tcr = bank.word(BankRegister.TCR);
        Granule granule = TranslationControl.granule(tcr, 0);
        int inputBits = TranslationControl.inputBits(tcr, 0);
        if (!offered(granule) || inputBits > features.intermediateBits()) {
            return null;
        }
        var format = new VmsaStage2Format(granule, false);
        int coded = TranslationControl.startLevel(tcr);
        int top = granule == Granule.KIB_4 ? LEVEL_OF_SL0_4K : LEVEL_OF_SL0;
        int level = VmsaFormat.level(top - coded);
        if (coded == RESERVED_SL0 || !VmsaStage2.fits(format, inputBits, level)) {
            return null;
        }
        int outputBits = features.cappedBits(TranslationControl.stage2OutputSize(tcr));
        var sizes = new VmsaSizes(inputBits, level, outputBits);
        long table = bank.wide(BankRegister.TTBR0);
        Set<VmsaStage2.Option> options =
                bank.control(SystemControl.BIG_ENDIAN)
                        ? Set.of(VmsaStage2.Option.BIG_ENDIAN)
                        : Set.of();
        return new VmsaStage2(format, sizes, table & TABLE_ADDRESS, options);
    }

    private boolean offered(Granule granule) {
        return granule != null && features.granule(granule);
    }
}
