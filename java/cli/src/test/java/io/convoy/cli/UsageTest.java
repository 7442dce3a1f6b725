// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that are refused, with exit code 2, and help. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''|Missing required subcommand|convoy --help",
        "tain|Unmatched argument|did you mean train?",
        "train|no <dataset> is given|mnist (bundled)",
        "train mnist extra|Unmatched argument|'extra'",
        "train mnist --epoch 3|Unknown option|did you mean --epochs?",
        "train mnist --epochs many|--epochs|'many' is not an int",
        "train mnist --epochs 0|epochs must be at least 1|is 0",
        "train mnist --batch-size 0|batch size must be at least 1|is 0",
        "train mnist --validation-split 1|validation split must be in [0, 1)|is 1.0",
        "train mnist --precision fp8|'fp8' is unknown|fp32, tf32, bf16, fp16",
        "train mnist --optimizer lion|'lion'|ADAMW",
        "train mnist --learning-rate 0|learning rate must be a positive number|is 0.0",
        "train mnist --clip-norm -1|clipNorm must not be negative|is -1.0",
        "train mnist --weight-decay -1|weight decay must be at least 0|is -1.0",
        "train pets --image-shape 64,64|height,width,channels with 1 or 3|'64,64' is not",
        "train pets --image-shape 0,64,1|height,width,channels with 1 or 3|'0,64,1' is not",
        "train pets --image-shape 64,64,2|height,width,channels with 1 or 3|such as 64,64,3",
        "train mnist --image-shape 32,32,3|--image-shape is for a folder|Leave it out",
        "train data.npz --image-shape 32,32,3|'data.npz' is none|Leave it out",
        "train mnist --schedule up|'up'|COSINE",
        "train mnist --checkpoint-every -1|--checkpoint-every must be at least 0|is -1.0",
        "train mnist --early-stopping 0|--early-stopping must be at least 1|is 0",
        "train mnist --augment blur|'blur': there is no such augmentation|flip,crop=4",
        "train mnist --augment flip=2|'flip=2': it takes no number|flip,crop=4",
        "train mnist --augment flip,shift|'shift': it wants a number|shift=0.1",
        "train mnist --augment crop=1.5|'crop=1.5': it wants a number, a whole one|crop=4",
        "train mnist --augment shift=0.1,shift=0.2|'shift=0.2': it is there twice|shift=0.1",
        "train mnist --augment zoom=1|zoom must be below 1, is 1.0|zoom=0.1",
        "train mnist --augment rotate=-5|rotation must be in [0, 1], is|rotate=10",
        "train mnist --augment mixup=0|must be in (0, 4], is 0.0|mixup=0.2",
        "train mnist --resume nowhere|there is no run in 'nowhere'|run.json",
        "evaluate|Missing required parameters|<model file>",
        "predict model.safetensors|Missing required parameter|<file>",
        "summary perceptron|model 'perceptron' is unknown|lenet5, mlp",
        "summary lenet5 --input-shape 3,3,1|images of at least 12 x 12|these have 3 x 3",
        "summary lenet5 --input-shape 3,3,1|larger images|(--input-shape, --classes)",
        "summary lenet5 --classes 0|at least 1 unit|(--input-shape, --classes)",
        "summary lenet5 --input-shape big|'big' is not an int|summary --help",
        "report|Missing required parameter|<run folder>",
        "report nowhere|there is no run in 'nowhere'|run.json",
        "plot lenet5|Missing required parameter|<file>",
        "plot lenet5 net.png|'net.png' is neither|.svg nor .dot",
        "plot lenet5 net.svg --input-shape 3,3,1|images of at least 12 x 12|these have 3 x 3"
      })
  void tellsWhatIsWrongAndWhatWouldHelp(String line, String what, String help) {
    Object[] words = Stream.of(line.split(" ")).filter(w -> !w.equals("''")).toArray();
    Cli.run(words).mustFail(2, what, help);
  }

  @Test
  void anUnknownModelAndATooLongWarmUpAreSeenWhenTheDataAreThere(@TempDir Path temp)
      throws IOException {
    Path data = IdxFiles.write(temp.resolve("data"), 40, 12);
    Path out = temp.resolve("run");
    Cli.run("train", data, "--model", "vgg", "--out", out).mustFail(2, "'vgg' is unknown", "mlp");
    Cli.run("train", data, "--warm-up", 5, "--out", out)
        .mustFail(2, "shorter than the run's 5 steps", "is 5");
    assertFalse(out.toFile().exists());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "evaluate",
        "predict",
        "devices",
        "summary",
        "plot",
        "report",
        "export",
        "import"
      })
  void everyCommandHasHelpAndAVersion(String command) {
    Object[] words = command.isEmpty() ? new Object[0] : new Object[] {command};
    String help = Cli.run(append(words, "--help")).mustSucceed().out();
    assertTrue(help.startsWith("Usage: convoy" + (words.length == 0 ? "" : " " + command)), help);
    String version = Cli.run(append(words, "--version")).mustSucceed().out();
    assertTrue(version.matches("convoy [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R"), version);
  }

  private static Object[] append(Object[] words, String last) {
    return Stream.concat(Stream.of(words), Stream.of(last)).toArray();
  }

  @Test
  void theStackTraceIsShownOnlyWhenAskedFor() {
    Cli.Result verbose = Cli.run("train", "nowhere", "--verbose");
    assertEquals(1, verbose.code());
    assertTrue(verbose.err().contains("\tat io.convoy.cli.Datasets.load"), verbose.err());
    Cli.run("train", "nowhere").mustFail(1, "there is no dataset 'nowhere'");
  }
}
