import torch
from torch import nn


class Model(nn.Module):
    def forward(self, x):
        return self.generate(x)

    def generate(self, x, max_tokens=100):
        return torch.softmax(x, 0)


model = Model()
model.forward(torch.zeros(1))
model.generate(torch.zeros(1), max_tokens=10)
