"""What other systems call."""

app_name = "api"
urlpatterns = []
