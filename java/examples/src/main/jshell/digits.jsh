import static io.convoy.layers.ActivationFunction.*;
import static io.convoy.layers.Layers.*;
import static io.convoy.losses.Losses.*;
import static io.convoy.metrics.Metrics.*;
import static io.convoy.model.FitOptions.epochs;
import static io.convoy.optimizers.Optimizers.adam;
import io.convoy.data.*;
import io.convoy.model.*;

var mnist = Mnist.load();
var network = new Sequential("small", input(28, 28, 1), flatten(), dense(64).activation(RELU), dense(10).activation(SOFTMAX));
var model = network.compile(adam(3e-3), SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY);
model.fit(mnist.train().take(12_800), epochs(1).batchSize(64));
System.out.println("test accuracy " + model.evaluate(mnist.test(), 128).accuracy());
model.close();
/exit
