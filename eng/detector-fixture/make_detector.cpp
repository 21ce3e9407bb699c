// Writes tests/StyleGanSharp.Testing/Detectors: TorchScript files with the call interface of the field's metric networks, but
// weights so simple that a test knows every result. Not part of the build; once, in the repository's root:
//
//   g++ -std=c++17 eng/detector-fixture/make_detector.cpp -o artifacts/make_detector \
//       -I/usr/include/torch/csrc/api/include -ltorch_cpu -lc10
//   artifacts/make_detector tests/StyleGanSharp.Testing/Detectors
#include <torch/csrc/jit/api/module.h>
#include <torch/torch.h>

#include <iostream>

namespace {

// A detector that can do everything.
torch::jit::Module quadrants() {
    torch::jit::Module module("__torch__.Quadrants");
    // Class 0 has the sum of all features as its logit, class 1 their negative sum; the biases are 1 and 0.
    module.register_parameter("weight", torch::cat({torch::ones({1, 12}), -torch::ones({1, 12})}), false);
    module.register_buffer("bias", torch::tensor({1.0f, 0.0f}));
    // Features: the means of the four quadrants of each channel over 255. `resize_images` makes 8x8 pictures first.
    module.define(R"(
def forward(self, images: Tensor, return_features: bool = False, no_output_bias: bool = False, resize_images: bool = False,
            return_lpips: bool = False) -> Tensor:
    x = images.float()
    assert images.size(1) == 3, "three channels are needed"
    if resize_images:
        x = torch.adaptive_avg_pool2d(x, [8, 8])
    if return_lpips:
        return x.flatten(1) / 255.0
    features = torch.adaptive_avg_pool2d(x, [2, 2]).flatten(1) / 255.0
    if return_features:
        return features
    logits = torch.matmul(features, self.weight.t())
    if not no_output_bias:
        logits = logits + self.bias
    return torch.softmax(logits, 1)
)");
    return module;
}

// One that has features only, accepts 8-bit images only, and returns something else where probabilities are expected.
torch::jit::Module strict() {
    torch::jit::Module module("__torch__.Strict");
    module.define(R"(
def forward(self, images: Tensor, return_features: bool = False, no_output_bias: bool = False) -> Tensor:
    assert images.dtype == 0, "8-bit images are needed"
    means = torch.adaptive_avg_pool2d(images.float(), [1, 1]).flatten(1)
    if return_features:
        return means
    return means + 2.0
)");
    return module;
}

} // namespace

int main(int argument_count, char **arguments) {
    if (argument_count != 2) {
        std::cerr << "usage: make_detector FOLDER\n";
        return 2;
    }
    const std::string folder = arguments[1];
    quadrants().save(folder + "/quadrants.pt");
    strict().save(folder + "/strict.pt");
    return 0;
}
