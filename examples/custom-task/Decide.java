import java.nio.file.Path;
import java.util.Arrays;
import org.soebm.api.solver.Decision;
import org.soebm.runtime.data.TableFiles;
import org.soebm.runtime.inference.DecisionModel;

/** Decides for the first row of a CSV file: {@code java -cp … Decide.java MODEL FILE}. */
public final class Decide {
    public static void main(String[] args) {
        try (DecisionModel model = DecisionModel.load(Path.of(args[0]))) {
            Decision decision = model.decide(features(model, Path.of(args[1])));
            System.out.println("Buy " + Arrays.toString(decision.values()) + ", which is going to cost "
                    + decision.cost() + " euros on average.");
        }
    }

    /** The features as numbers, in the order of the training; a service would have them from elsewhere. */
    private static double[] features(DecisionModel model, Path file) {
        int width = model.description().features().names().size();
        return TableFiles.read(file, width, "the model has " + width + " features").row(0);
    }
}
