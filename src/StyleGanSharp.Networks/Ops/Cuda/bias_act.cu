// clamp(gain * activation(x + bias)), its gradient, and the gradient of that: one element per turn, in the order of memory.

struct BiasActArguments {
    const Element *x;        // The input; the result where `from_result` is set.
    const Element *bias;     // Null: none.
    const Element *gradient; // Of the result; orders 1 and 2.
    const Element *tangent;  // Gradient of what order 1 computes; order 2.
    Element *target;
    long long count;
    long long step;     // Elements between neighbours along the bias's dimension.
    long long channels; // Size of the bias.
    int order;          // 0: the result; 1: gradient of x; 2: what order 1 gives to the gradient of x through the curvature.
    int activation;
    int from_result; // Piecewise linear functions only: the sign of the result tells on which piece it lies.
    float slope;
    float gain;
    float limit; // Negative: none.
};

// The numbers of StyleGanSharp.Networks.Ops.Activation.
enum { LINEAR, RELU, LEAKY_RELU, TANH, SIGMOID, ELU, SELU, SOFTPLUS, SWISH };

// Klambauer et al., "Self-Normalizing Neural Networks" (2017), equation 14.
#define SELU_ALPHA 1.6732632423543772848170429916717f
#define SELU_SCALE 1.0507009873554804934193349852946f

// From here on log(1 + e^v) is v, as libtorch has it.
#define SOFTPLUS_LINEAR 20.0f

__device__ inline float sigmoid(float v) { return 1.0f / (1.0f + expf(-v)); }

__device__ inline float activate(int activation, float v, float slope) {
    switch (activation) {
    case RELU:
        return v < 0 ? 0 : v;
    case LEAKY_RELU:
        return v > 0 ? v : v * slope;
    case TANH:
        return tanhf(v);
    case SIGMOID:
        return sigmoid(v);
    case ELU:
        return v > 0 ? v : expm1f(v);
    case SELU:
        return SELU_SCALE * (v > 0 ? v : SELU_ALPHA * expm1f(v));
    case SOFTPLUS:
        return v > SOFTPLUS_LINEAR ? v : log1pf(expf(v));
    case SWISH:
        return v * sigmoid(v);
    default:
        return v;
    }
}

__device__ inline float first_derivative(int activation, float v, float slope) {
    switch (activation) {
    case RELU:
        return v > 0 ? 1 : 0;
    case LEAKY_RELU:
        return v > 0 ? 1 : slope;
    case TANH: {
        const float t = tanhf(v);
        return 1 - t * t;
    }
    case SIGMOID: {
        const float s = sigmoid(v);
        return s * (1 - s);
    }
    case ELU:
        return v > 0 ? 1 : expf(v);
    case SELU:
        return SELU_SCALE * (v > 0 ? 1 : SELU_ALPHA * expf(v));
    case SOFTPLUS:
        return v > SOFTPLUS_LINEAR ? 1 : sigmoid(v);
    case SWISH: {
        const float s = sigmoid(v);
        return s * (1 + v * (1 - s));
    }
    default:
        return 1;
    }
}

__device__ inline float second_derivative(int activation, float v) {
    switch (activation) {
    case TANH: {
        const float t = tanhf(v);
        return -2 * t * (1 - t * t);
    }
    case SIGMOID: {
        const float s = sigmoid(v);
        return s * (1 - s) * (1 - 2 * s);
    }
    case ELU:
        return v > 0 ? 0 : expf(v);
    case SELU:
        return v > 0 ? 0 : SELU_SCALE * SELU_ALPHA * expf(v);
    case SOFTPLUS: {
        const float s = sigmoid(v);
        return v > SOFTPLUS_LINEAR ? 0 : s * (1 - s);
    }
    case SWISH: {
        const float s = sigmoid(v);
        return s * (1 - s) * (2 + v * (1 - 2 * s));
    }
    default:
        return 0;
    }
}

// Factor between the gradients of result and input, taken from the result alone.
__device__ inline float factor_from_result(const BiasActArguments &a, float y) {
    // The limit as it was stored: a result at the limit was rounded like it.
    if (a.limit >= 0 && magnitude(y) >= to_float(to_element(a.limit))) {
        return 0;
    }
    return a.gain * (y > 0 || a.activation == LINEAR ? 1 : a.activation == RELU ? 0 : a.slope);
}

__device__ inline float factor_from_input(const BiasActArguments &a, float v, float derivative) {
    const bool is_clamped = a.limit >= 0 && magnitude(a.gain * activate(a.activation, v, a.slope)) > a.limit;
    return is_clamped ? 0 : a.gain * derivative;
}

__device__ inline float bias_act_element(const BiasActArguments &a, long long i) {
    float v = to_float(a.x[i]);
    if (a.from_result) {
        return to_float(a.gradient[i]) * factor_from_result(a, v);
    }
    if (a.bias != 0) {
        v += to_float(a.bias[i / a.step % a.channels]);
    }
    switch (a.order) {
    case 0:
        return limit_magnitude(a.gain * activate(a.activation, v, a.slope), a.limit);
    case 1:
        return to_float(a.gradient[i]) * factor_from_input(a, v, first_derivative(a.activation, v, a.slope));
    default:
        return to_float(a.tangent[i]) * to_float(a.gradient[i]) * factor_from_input(a, v, second_derivative(a.activation, v));
    }
}

extern "C" __global__ void bias_act(BiasActArguments a) {
    for (long long i = first_element(); i < a.count; i += element_step()) {
        a.target[i] = to_element(bias_act_element(a, i));
    }
}
